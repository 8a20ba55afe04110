//! Lists and checklist → tables, each row with links to the clauses that say it.

use super::{Element, element};
use crate::lexicon::messages::Messages;
use crate::lists::List;
use crate::view::{CheckView, View};

/// A list as a table; a list without rows says so.
#[must_use]
pub fn list(list: &List, messages: &Messages) -> Element {
    let part = element("section").class("list").with("id", format!("policy-list-{}", list.kind));
    let part = part.child(element("h2").text(&list.title));
    if list.rows.is_empty() {
        return part.child(element("p").text(messages.text("list.none")));
    }
    let columns = list.columns.iter().map(String::as_str).chain([messages.text("list.column.source")]);
    let head = columns.map(|column| element("th").with("scope", "col").text(column));
    let rows = list.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| match cell.as_str() {
            "" => element("td").class("open").text(messages.text("list.open")),
            text => element("td").text(text),
        });
        element("tr").children(cells).child(element("td").children(sources(&row.evidence)))
    });
    part.child(table(element("tr").children(head), rows))
}

/// What the law asks for, and what was found of it.
#[must_use]
pub fn checklist(items: &[CheckView], messages: &Messages) -> Element {
    let part = element("section").class("list").with("id", "policy-checklist");
    let part = part.child(element("h2").text(messages.text("checklist.title")));
    let columns = ["checklist.item", "checklist.law", "checklist.verdict", "list.column.source"];
    let head = columns.iter().map(|key| element("th").with("scope", "col").text(messages.text(key)));
    let rows = items.iter().map(|item| {
        let verdict = element("td").class(format!("verdict {}", item.verdict));
        element("tr")
            .child(element("th").with("scope", "row").text(messages.title("check", item.item)))
            .child(element("td").text(item.law))
            .child(verdict.text(messages.title("verdict", item.verdict)))
            .child(element("td").children(sources(&item.evidence)))
    });
    part.child(table(element("tr").children(head), rows))
}

/// All lists of a policy, then the checklist.
#[must_use]
pub fn all(view: &View, messages: &Messages) -> Element {
    let kinds = crate::lists::KINDS.iter();
    let lists = kinds.map(|kind| list(&crate::lists::list(view, messages, kind), messages));
    let lists = element("div").class("lists").children(lists);
    if view.checklist.is_empty() { lists } else { lists.child(checklist(&view.checklist, messages)) }
}

fn table(head: Element, rows: impl Iterator<Item = Element>) -> Element {
    let table = element("table").child(element("thead").child(head)).child(element("tbody").children(rows));
    // Wider than a phone: it scrolls in itself.
    element("div").class("scroll").with("tabindex", "0").with("role", "region").child(table)
}

/// Links to clauses, numbered.
fn sources(evidence: &[String]) -> Vec<Element> {
    let link = |(at, clause): (usize, &String)| {
        element("a").with("href", format!("#{clause}")).with("data-goto", clause).text((at + 1).to_string())
    };
    evidence.iter().enumerate().map(link).collect()
}
