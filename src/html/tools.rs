//! Index → what leads through the text: contents, search, the switches of the marks, where the reader is, the phone's bar.

use super::index::{Index, Kind};
use super::{Element, element, outline};
use crate::text::join;

/// Sections shown in the contents are at most this deep.
const DEEPEST: usize = 3;

/// With more entries than this, branches other than the current one are folded by the style sheet.
const LONG: usize = 24;

/// The tree of sections: beside the text where there is room; otherwise dom.rs puts it into the drawer while that is open.
pub fn contents(index: &Index) -> Element {
    let m = index.messages;
    let mut entries = 0;
    let list = branch(index, &index.order.roots, 1, &mut entries);
    let class = if entries > LONG { "contents long" } else { "contents" };
    let nav = element("nav").class(class).with("part", "contents").with("aria-label", m.text("contents.title"));
    nav.child(element("p").class("contents-title").with("aria-hidden", "true").text(m.text("contents.title")))
        .children(list)
}

fn branch(index: &Index, sections: &[usize], depth: usize, entries: &mut usize) -> Option<Element> {
    if sections.is_empty() || depth > DEEPEST {
        return None;
    }
    let mut list = element("ol").with("role", "list");
    if depth == 1 {
        list = index.own_words(list);
    }
    for at in sections {
        let Some(section) = index.section(*at) else { continue };
        *entries += 1;
        let mut link = element("a").with("href", index.fragment(&section.anchor)).with("data-goto", &section.id);
        link = link.children(outline::number(section));
        link = link.child(element("span").class("t").text(index.title(section)));
        let sensitive = index.sensitives(*at);
        if sensitive > 0 {
            // The bare number leaves the title its room; what it counts is said to who cannot see its colour.
            let count = sensitive.to_string();
            let label = index.messages.fill("tally.sensitive", &[("count", &count)]);
            let tally = element("span").class("c").with("role", "img").with("aria-label", &label);
            link = link.child(tally.with("title", label).text(count));
        }
        let inner = index.order.children.get(*at).and_then(|c| branch(index, c, depth + 1, entries));
        list = list.child(element("li").child(link).children(inner));
    }
    Some(list)
}

/// Where the contents are on a phone: a dialog with a name and a way out.
pub fn drawer(index: &Index) -> Element {
    let m = index.messages;
    let title = index.id("policy-drawer");
    let head = element("div")
        .class("drawer-head")
        .child(element("h2").with("id", &title).text(m.text("contents.title")))
        .child(icon("close", "close-drawer", m.text("stepper.close")));
    element("dialog").class("drawer").with("aria-labelledby", title).child(head)
}

/// The first thing that a keyboard reaches.
pub fn skip(index: &Index) -> Option<Element> {
    let first = index.view.sections.first()?;
    let link = element("a").class("skip").with("href", index.fragment(&first.anchor)).with("data-goto", &first.id);
    Some(link.text(index.messages.text("toolbar.skip")))
}

/// The place of the tabs, where there is anything to list: how many rows the lists have, how much of the checklist is
/// stated. The tabs themselves are made by the script that turns them (www/policy-reader.js).
fn tabs(index: &Index) -> Option<Element> {
    let (facts, checks) = (&index.view.facts, &index.view.checklist);
    let rows = facts.data_items.len() + facts.third_parties.len() + facts.permissions.len();
    if index.view.meta.unread.is_some() || rows == 0 && checks.is_empty() {
        return None;
    }
    let stated = checks.iter().filter(|item| item.verdict == "stated").count();
    let counts = join(&[rows, stated, checks.len()].map(|count| count.to_string()), &[" "]);
    Some(element("div").class("tabs").with("data-counts", counts))
}

/// Tabs, contents button, expand and collapse, search, marks.
pub fn toolbar(index: &Index) -> Element {
    let m = index.messages;
    // One button for both: what it does next is what it says.
    let all = element("button")
        .class("btn bare")
        .with("type", "button")
        .with("data-action", "expand")
        .with("data-expand", m.text("section.expand-all"))
        .with("data-collapse", m.text("section.collapse-all"))
        .text(m.text("section.expand-all"));
    element("div")
        .class("toolbar")
        .with("part", "toolbar")
        .with("role", "group")
        .with("aria-label", m.text("toolbar.label"))
        .children(tabs(index))
        .child(button("btn bare to-contents", "contents", m.text("contents.title")))
        .child(all)
        .child(find(index))
        .children(marks(index))
}

/// Everything of the search is inside its field: text, count, arrows, clear. The count is there before it speaks.
fn find(index: &Index) -> Element {
    let m = index.messages;
    let input = element("input")
        .with("type", "search")
        .with("part", "search")
        .with("autocomplete", "off")
        .with("enterkeyhint", "search")
        .with("aria-label", m.text("search.label"))
        .with("placeholder", m.text("search.placeholder"));
    element("div")
        .class("find")
        .with("role", "search")
        .child(element("span").class("lens").with("aria-hidden", "true"))
        .child(input)
        .child(element("span").class("count").with("role", "status"))
        .child(icon("up", "previous", m.text("stepper.previous")))
        .child(icon("down", "next", m.text("stepper.next")))
        .child(icon("x", "leave", m.text("search.clear")))
}

/// The switches of the marks, each with a way to its next place.
fn marks(index: &Index) -> Option<Element> {
    let m = index.messages;
    let chips: Vec<Element> = Kind::ALL.into_iter().filter_map(|kind| chip(index, kind)).collect();
    if chips.is_empty() {
        return None;
    }
    let legend = element("div").class("legend").with("part", "legend").children(chips);
    let summary = element("summary").class("btn bare").text(m.text("marks.title"));
    Some(element("details").class("marks").child(summary).child(legend))
}

/// A switch for one kind of highlight, with its count and a way to its next place.
fn chip(index: &Index, kind: Kind) -> Option<Element> {
    let m = index.messages;
    let count = index.count(kind);
    if count == 0 {
        return None;
    }
    let title = m.title("highlight", kind.name());
    let switch = element("button")
        .class("switch")
        .with("type", "button")
        .with("aria-pressed", "true")
        .with("data-switch", kind.name())
        .child(element("span").class("swatch").with("aria-hidden", "true"))
        .text(&title)
        .text(" ")
        .child(element("b").text(count.to_string()));
    let label = m.fill("highlight.next", &[("kind", &title)]);
    let next = icon("down", "", &label).with("data-step", kind.name());
    Some(element("span").class(format!("chip k-{}", kind.name())).child(switch).child(next))
}

/// Where the reader is among the places of a highlight, with the way on and back.
pub fn stepper(index: &Index) -> Element {
    let m = index.messages;
    element("div")
        .class("stepper")
        .with("part", "stepper")
        .with("role", "group")
        .with("aria-label", m.text("stepper.label"))
        .with("hidden", "")
        .child(icon("up", "previous", m.text("stepper.previous")))
        .child(element("span").class("position").with("role", "status"))
        .child(icon("down", "next", m.text("stepper.next")))
        .child(icon("x", "leave", m.text("stepper.close")))
}

/// The phone's bar: what a thumb needs once the card has been scrolled past.
pub fn bottom(index: &Index) -> Element {
    let m = index.messages;
    let mut bar = element("div").class("bottom").with("part", "bottom").with("role", "group");
    bar = bar.with("aria-label", m.text("toolbar.label"));
    let entries = [
        ("g-list", "contents", "contents.title"),
        ("lens", "find", "search.title"),
        ("g-mark", "mark", "marks.next"),
        ("g-top", "top", "toolbar.top"),
    ];
    for (glyph, action, key) in entries {
        let glyph = element("span").class("g").with("aria-hidden", "true").child(element("span").class(glyph));
        let entry = element("button").with("type", "button").with("data-action", action);
        bar = bar.child(entry.child(glyph).text(m.text(key)));
    }
    bar
}

/// Where what is said of a clause is told in full: over the page, at the tag that asked.
pub fn pop(index: &Index) -> Element {
    element("div").class("pop").with("part", "pop").with("popover", "auto").with("id", index.id("policy-pop"))
}

fn button(class: &'static str, action: &'static str, text: &str) -> Element {
    element("button").class(class).with("type", "button").with("data-action", action).text(text)
}

/// A button with a drawn sign; its words are for those who listen, and for who rests on it.
pub fn icon(sign: &'static str, action: &'static str, label: &str) -> Element {
    let mut button = element("button").class(format!("icon {sign}")).with("type", "button");
    if !action.is_empty() {
        button = button.with("data-action", action);
    }
    button.with("aria-label", label).with("title", label)
}
