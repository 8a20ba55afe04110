//! A clause → what is said of it, in full: which words, which category, in which context, by which law; why it is worth
//! attention.

use super::index::{Index, Kind};
use super::{Element, element, tools};
use crate::text::join;
use crate::view::ClauseView;

/// The content of the popover of a clause's tag.
pub fn tell(index: &Index, id: &str) -> Option<Element> {
    let m = index.messages;
    let clause = index.clause(id)?;
    let (sensitive, attention) = (index.has(clause, Kind::Sensitive), index.has(clause, Kind::Attention));
    let kind = if sensitive { Kind::Sensitive } else { Kind::Attention };
    let title = m.title("highlight", kind.name());
    let head = element("div").class("pop-head").child(element("h3").text(title)).child(tools::icon(
        "x",
        "close-pop",
        m.text("stepper.close"),
    ));
    let mut list = element("dl");
    if sensitive {
        list = list.children(said(index, clause));
    }
    if attention {
        for rule in index.own_rules(id) {
            let own = m.text(&format!("attention.{rule}"));
            let text = if own.is_empty() { m.title("rule", rule) } else { own.to_owned() };
            list = list.child(element("dt").text(m.title("highlight", "attention"))).child(element("dd").text(text));
        }
    }
    let foot = element("div")
        .class("pop-foot")
        .child(tools::icon("up", "", m.text("stepper.previous")).with("data-step", kind.name()).with("data-back", ""))
        .child(tools::icon("down", "", m.text("stepper.next")).with("data-step", kind.name()))
        .child(
            element("button").class("btn bare").with("type", "button").with("data-copy", id).text(m.text("pop.copy")),
        );
    Some(element("div").child(head).child(list).child(foot))
}

/// One entry for each category and context, with the words and what they rest on.
fn said(index: &Index, clause: &ClauseView) -> Vec<Element> {
    let m = index.messages;
    let mut known: Vec<(Option<&str>, Option<&str>)> = Vec::new();
    let mut entries = Vec::new();
    for mark in clause.marks.iter().filter(|mark| index.sensitive(mark)) {
        if known.contains(&(mark.category, mark.context)) {
            continue;
        }
        known.push((mark.category, mark.context));
        let same = |i: &usize| {
            clause.marks.get(*i).is_some_and(|other| {
                other.kind == "sensitive" && (other.category, other.context) == (mark.category, mark.context)
            })
        };
        let mut words: Vec<String> = Vec::new();
        let mut open = false;
        for run in &clause.runs {
            let inside = run.marks.iter().any(same);
            match words.last_mut().filter(|_| inside && open) {
                Some(word) => word.push_str(&run.text),
                None if inside => words.push(run.text.clone()),
                None => {}
            }
            open = inside;
        }
        words.dedup();
        let category = m.title("category", mark.category.unwrap_or("other"));
        let context = mark.context.map(|context| m.title("context", context));
        let parts: Vec<String> = std::iter::once(category).chain(context).collect();
        let standards: Vec<String> = mark.standards.iter().map(|s| m.title("standard", s)).collect();
        let row = |key: &str, text: String| [element("dt").text(m.text(key)), element("dd").text(text)];
        entries.extend(row("pop.kind", join(&parts, &[" · "])));
        entries.extend(row("pop.words", m.join("list.comma", &words)));
        if !standards.is_empty() {
            entries.extend(row("pop.standard", m.join("list.comma", &standards)));
        }
    }
    entries
}
