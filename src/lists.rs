//! View → the three lists that people come for, and their forms to take away: CSV, Markdown and plain data.
//!
//! ```text
//! facts.data_items    ─▶ collected   item, category, purpose, required or optional, sensitive under
//! facts.third_parties ─▶ recipients  name, company, purpose, information, its own policy
//! facts.permissions   ─▶ permissions name, system, purpose, required or optional
//! ```
//! The first two are what the Ministry of Industry and Information Technology's notice on the protection of users' rights
//! (2021, no. 292) and NDSR article 21(2) ask for: what is collected and what is given to others, each as a list. A list
//! repeats what facts say and never more; a cell that the policy leaves open is empty, and is said to be so by whoever shows it.

use crate::lexicon::messages::Messages;
use crate::view::{DataItemView, PermissionView, RecipientView, View, quoted};

/// A list with a row for each thing that the policy names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// `collected`, `recipients` or `permissions`.
    pub kind: &'static str,
    /// For people.
    pub title: String,
    /// The columns' names for programs, in order.
    pub keys: &'static [&'static str],
    /// For people, in the same order.
    pub columns: Vec<String>,
    /// As printed in the policy.
    pub rows: Vec<Row>,
}

/// What the policy says of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// One for each column; `""` where the policy leaves it open.
    pub cells: Vec<String>,
    /// Ids of the clauses that say it; never empty.
    pub evidence: Vec<String>,
}

/// The kinds of lists, in the order in which they are shown.
pub const KINDS: [&str; 3] = ["collected", "recipients", "permissions"];

/// The byte order mark: without it some programs take UTF-8 for something else.
pub const MARK: &str = "\u{feff}";

/// Stands where there is nothing to say.
pub const NONE: &str = "\u{2014}";

/// A list of a policy, in the words of `messages`; empty for a kind that there is none of.
#[must_use]
pub fn list(view: &View, messages: &Messages, kind: &str) -> List {
    let Some(kind) = KINDS.into_iter().find(|known| *known == kind) else { return List::default() };
    let (keys, rows): (&[&str], Vec<Row>) = match kind {
        "collected" => (
            &["item", "category", "purpose", "required", "sensitive"],
            view.facts.data_items.iter().map(|item| collected(item, messages)).collect(),
        ),
        "recipients" => (
            &["recipient", "company", "purpose", "data", "platform", "policy"],
            view.facts.third_parties.iter().map(recipient).collect(),
        ),
        _ => (
            &["permission", "system", "purpose", "required"],
            view.facts.permissions.iter().map(|permission| permitted(permission, messages)).collect(),
        ),
    };
    List {
        kind,
        title: messages.title("lists.title", kind),
        keys,
        columns: keys.iter().map(|column| messages.title("lists.column", column)).collect(),
        rows,
    }
}

fn collected(item: &DataItemView, messages: &Messages) -> Row {
    let category = if item.category.is_empty() { String::new() } else { messages.title("item", item.category) };
    let standards: Vec<String> = item.sensitive.iter().map(|standard| messages.title("standard", standard)).collect();
    let purpose = item.purpose.clone().unwrap_or_default();
    let cells = vec![
        item.item.clone(),
        category,
        purpose,
        needed(item.required, messages),
        // Under no standard: that is our word, not something that the policy leaves open.
        if standards.is_empty() { NONE.to_owned() } else { messages.join("list.semicolon", &standards) },
    ];
    Row { cells, evidence: item.evidence.clone() }
}

fn recipient(recipient: &RecipientView) -> Row {
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    let RecipientView { name, company, purpose, data, url, platform, evidence, .. } = recipient;
    let cells = vec![name.clone(), said(company), said(purpose), said(data), said(platform), said(url)];
    Row { cells, evidence: evidence.clone() }
}

fn permitted(permission: &PermissionView, messages: &Messages) -> Row {
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    let PermissionView { os, name, required, purpose, evidence } = permission;
    let cells = vec![name.clone(), said(os), said(purpose), needed(*required, messages)];
    Row { cells, evidence: evidence.clone() }
}

/// Required, optional, or not said.
fn needed(required: Option<bool>, messages: &Messages) -> String {
    match required {
        Some(true) => messages.text("lists.required").to_owned(),
        Some(false) => messages.text("lists.optional").to_owned(),
        None => String::new(),
    }
}

impl List {
    /// As CSV (RFC 4180) that a spreadsheet opens in the right encoding: UTF-8 with a byte order mark. The last column
    /// holds the ids of the clauses. A cell that a spreadsheet would compute starts with `'` (OWASP, CSV injection).
    #[must_use]
    pub fn csv(&self, messages: &Messages) -> String {
        let mut out = String::from(MARK);
        let mut line = |cells: &mut dyn Iterator<Item = &str>| {
            for (at, cell) in cells.enumerate() {
                if at > 0 {
                    out.push(',');
                }
                quote(cell, &mut out);
            }
            out.push_str("\r\n");
        };
        let source = messages.text("lists.column.source");
        line(&mut self.columns.iter().map(String::as_str).chain([source]));
        for row in &self.rows {
            let evidence = crate::text::join(&row.evidence, &[" "]);
            line(&mut row.cells.iter().map(String::as_str).chain([evidence.as_str()]));
        }
        out
    }

    /// As JSON: `kind`, `title`, `columns`, and `rows` of `cells` with their `evidence`.
    #[must_use]
    pub fn json(&self) -> String {
        let mut out = String::from("{\"kind\":\"");
        for piece in [self.kind, "\",\"title\":", &quoted(&self.title), ",\"columns\":", &array(&self.columns)] {
            out.push_str(piece);
        }
        out.push_str(",\"rows\":[");
        for (at, row) in self.rows.iter().enumerate() {
            out.push_str(if at > 0 { ",{\"cells\":" } else { "{\"cells\":" });
            for piece in [&array(&row.cells), ",\"evidence\":", &array(&row.evidence), "}"] {
                out.push_str(piece);
            }
        }
        out.push_str("]}");
        out
    }

    /// As a Markdown table under its title; a cell that the policy leaves open says so.
    #[must_use]
    pub fn markdown(&self, messages: &Messages) -> String {
        let mut out = String::new();
        for piece in ["## ", &self.title, "\n\n|"] {
            out.push_str(piece);
        }
        for column in &self.columns {
            cell(column, &mut out);
        }
        out.push_str("\n|");
        out.push_str(&"---|".repeat(self.columns.len()));
        for row in &self.rows {
            out.push_str("\n|");
            for text in &row.cells {
                cell(if text.is_empty() { messages.text("lists.open") } else { text }, &mut out);
            }
        }
        out.push('\n');
        out
    }
}

/// Texts as an array of JSON.
fn array(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    crate::text::join(&["[", &crate::text::join(&texts, &[","]), "]"], &[""])
}

/// A cell of CSV, always in quotes.
fn quote(cell: &str, out: &mut String) {
    out.push('"');
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        out.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            out.push('"');
        }
        // A line end would be a row of its own to many readers of CSV.
        out.push(if c == '\n' || c == '\r' { ' ' } else { c });
    }
    out.push('"');
}

/// A cell of a Markdown table: what would be markup in it is escaped.
fn cell(text: &str, out: &mut String) {
    out.push(' ');
    for c in text.chars() {
        if matches!(c, '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&') {
            out.push('\\');
        }
        out.push(if c == '\n' || c == '\r' { ' ' } else { c });
    }
    out.push_str(" |");
}
