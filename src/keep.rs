//! View → the forms in which a reader takes it away: the text as clean Markdown or plain, as markup, the lists, all as JSON.
//!
//! One implementation for the command line, the elements' `download` and the functions beside them.

use crate::html::{self, Look, Open};
use crate::lexicon::messages::Messages;
use crate::lists::{self, KINDS, List};
use crate::view::{ClauseView, Run, SectionView, View};

/// A form by its name: `markdown`, `text`, `html` (a fragment), `json`, `csv`; with the name of a list that list alone, as
/// `csv`, `markdown` or `json`. `None` for what there is not.
#[must_use]
pub fn keep(view: &View, messages: &Messages, kind: &str, list: &str) -> Option<String> {
    if !list.is_empty() {
        let list = lists::list(view, messages, KINDS.into_iter().find(|known| *known == list)?);
        return match kind {
            "csv" => Some(list.csv(messages)),
            "markdown" => Some(list.markdown(messages)),
            "json" => Some(list.json()),
            _ => None,
        };
    }
    match kind {
        "markdown" => Some(markdown(view)),
        "text" => Some(text(view)),
        "html" => {
            let look = Look { open: Open::All, ..Look::default() };
            let lists = html::Node::from(html::lists::all(view, messages)).markup();
            Some(html::reader(view, messages, &look).markup() + &lists)
        }
        "json" => Some(view.json()),
        "csv" => Some(csv(view, messages)),
        _ => None,
    }
}

/// All lists below each other, each under its title.
fn csv(view: &View, messages: &Messages) -> String {
    let mut out = String::from(lists::MARK);
    for kind in KINDS {
        let List { title, .. } = &lists::list(view, messages, kind);
        let list = lists::list(view, messages, kind).csv(messages);
        if out.len() > lists::MARK.len() {
            out.push_str("\r\n");
        }
        for piece in ["\"", title, "\"\r\n", list.trim_start_matches(lists::MARK)] {
            out.push_str(piece);
        }
    }
    out
}

/// How a form marks up what it holds.
struct Form {
    /// Whether headings, bold and tables are marked, and what would be markup is escaped.
    marked: bool,
}

/// The policy's text as clean Markdown: headings by depth, bold that every reader understands, tables as tables.
#[must_use]
pub fn markdown(view: &View) -> String {
    Form { marked: true }.whole(view)
}

/// The policy's text with empty lines between its blocks.
#[must_use]
pub fn text(view: &View) -> String {
    Form { marked: false }.whole(view)
}

impl Form {
    fn whole(&self, view: &View) -> String {
        let mut out = String::new();
        if !view.meta.title.is_empty() {
            self.heading(1, &["", &view.meta.title], &mut out);
        }
        // Clauses without a section stand in front; the others follow the headings before them.
        let place = |clause: &ClauseView| clause.section.get(1..).and_then(|number| number.parse::<usize>().ok());
        let mut last = None;
        for clause in view.clauses.iter().filter(|c| place(c).is_none()) {
            self.clause(view, clause, &mut last, &mut out);
        }
        let mut sections = view.sections.iter().enumerate().peekable();
        for clause in view.clauses.iter().filter(|c| place(c).is_some()) {
            while let Some((_, section)) = sections.next_if(|(at, _)| place(clause).is_some_and(|own| *at <= own)) {
                self.section(section, &mut last, &mut out);
            }
            self.clause(view, clause, &mut last, &mut out);
        }
        for (_, section) in sections {
            self.section(section, &mut last, &mut out);
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }

    /// The heading of a section, behind the clause of the block `last`.
    fn section(&self, section: &SectionView, last: &mut Option<usize>, out: &mut String) {
        if last.take().is_some() {
            out.push_str("\n\n");
        }
        if !section.implicit {
            self.heading(section.level as usize + 1, &[&section.mark, &section.title], out);
        }
    }

    fn heading(&self, level: usize, parts: &[&str], out: &mut String) {
        if self.marked {
            out.extend(std::iter::repeat_n('#', level.min(6)));
            out.push(' ');
        }
        for part in parts {
            self.escape(part, out);
        }
        out.push_str("\n\n");
    }

    /// A clause behind the one of the block `last`; a table stands where its first row does.
    fn clause(&self, view: &View, clause: &ClauseView, last: &mut Option<usize>, out: &mut String) {
        if let Some([table, row]) = clause.row {
            if last.take().is_some() {
                out.push_str("\n\n");
            }
            if row == 0 {
                self.table(view, table, out);
            }
            return;
        }
        if last.is_some_and(|block| block != clause.block) {
            out.push_str("\n\n");
        }
        *last = Some(clause.block);
        self.runs(clause, out);
    }

    fn table(&self, view: &View, table: usize, out: &mut String) {
        let Some(table) = view.tables.get(table) else { return };
        for (at, cells) in std::iter::once(&table.columns).chain(&table.rows).enumerate() {
            if self.marked {
                out.push('|');
            }
            for (place, cell) in cells.iter().enumerate() {
                out.push_str(match (self.marked, place) {
                    (true, _) => " ",
                    (false, 0) => "",
                    (false, _) => " | ",
                });
                self.escape(cell, out);
                out.push_str(if self.marked { " |" } else { "" });
            }
            out.push('\n');
            if at == 0 && self.marked {
                out.push('|');
                out.extend(std::iter::repeat_n("---|", cells.len()));
                out.push('\n');
            }
        }
        out.push('\n');
    }

    /// A clause with its bold, without what a run-in heading has shown already. Stars beside punctuation close nothing in
    /// CommonMark: bold is `<b>`, which does everywhere.
    fn runs(&self, clause: &ClauseView, out: &mut String) {
        let mut shown = clause.shown;
        let mut bold = false;
        for Run { text, bold: set, .. } in &clause.runs {
            let mut rest = text.chars();
            while shown > 0 {
                let Some(c) = rest.next() else { break };
                shown = shown.saturating_sub(c.len_utf16());
            }
            if self.marked && *set != bold && !rest.as_str().is_empty() {
                out.push_str(if *set { "<b>" } else { "</b>" });
                bold = *set;
            }
            self.escape(rest.as_str(), out);
        }
        if bold {
            out.push_str("</b>");
        }
    }

    fn escape(&self, text: &str, out: &mut String) {
        for c in text.chars() {
            if self.marked && matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&') {
                out.push('\\');
            }
            out.push(if c == '\n' { ' ' } else { c });
        }
    }
}
