//! Index → what leads through the text: contents, search, legend, stepper.

use super::index::{Index, Kind};
use super::{Element, Look, element, outline};

/// Sections shown in the contents are at most this deep.
const DEEPEST: usize = 3;

/// With more entries than this, branches other than the current one are folded by the style sheet.
const LONG: usize = 24;

/// The tree of sections: beside the text where there is room, otherwise a drawer that the toolbar opens.
pub fn contents(index: &Index, look: &Look) -> Element {
    let m = index.messages;
    let mut entries = 0;
    let list = branch(index, &index.roots, 1, &mut entries);
    let class = if entries > LONG { "contents long" } else { "contents" };
    let nav = element("nav")
        .class(class)
        .with("id", index.id("policy-contents"))
        .with("part", "contents")
        .with("aria-label", m.text("contents.title"));
    // Without a script nothing opens a drawer: the list then stands before the text.
    let nav = if look.controls { nav.with("popover", "auto") } else { nav };
    nav.child(element("p").class("contents-title").with("aria-hidden", "true").text(m.text("contents.title")))
        .children(list)
}

fn branch(index: &Index, sections: &[usize], depth: usize, entries: &mut usize) -> Option<Element> {
    if sections.is_empty() || depth > DEEPEST {
        return None;
    }
    let mut list = element("ol").with("role", "list");
    for at in sections {
        let Some(section) = index.section(*at) else { continue };
        *entries += 1;
        let mut link = element("a").with("href", index.fragment(&section.anchor)).with("data-goto", &section.id);
        link = link.children(outline::number(section));
        link = link.child(element("span").class("t").text(index.title(section)));
        if section.sensitive > 0 {
            // The bare number leaves the title its room; what it counts is said to who cannot see its colour.
            let count = section.sensitive.to_string();
            let label = index.messages.fill("tally.sensitive", &[("count", &count)]);
            let tally = element("span").class("tally").with("role", "img").with("aria-label", &label);
            link = link.child(tally.with("title", label).text(count));
        }
        let inner = index.children.get(*at).and_then(|c| branch(index, c, depth + 1, entries));
        list = list.child(element("li").child(link).children(inner));
    }
    Some(list)
}

/// Contents button, search, legend, expand and collapse.
pub fn toolbar(index: &Index) -> Element {
    let m = index.messages;
    let search = element("input")
        .with("type", "search")
        .with("id", index.id("policy-search"))
        .with("part", "search")
        .with("autocomplete", "off")
        .with("enterkeyhint", "search")
        .with("aria-label", m.text("search.label"))
        .with("placeholder", m.text("search.placeholder"));
    let drawer = element("button")
        .class("plain drawer")
        .with("type", "button")
        .with("popovertarget", index.id("policy-contents"))
        .text(m.text("contents.title"));
    // One button for both: what it does next is what it says.
    let all = element("button")
        .class("plain")
        .with("type", "button")
        .with("data-action", "expand")
        .with("data-expand", m.text("section.expand-all"))
        .with("data-collapse", m.text("section.collapse-all"))
        .text(m.text("section.expand-all"));
    let bar = element("div")
        .class("bar")
        .child(drawer)
        .child(element("div").class("search").with("role", "search").child(search))
        .child(all);
    let mut legend = element("div").class("legend").with("part", "legend");
    for kind in Kind::ALL {
        legend = legend.children(chip(index, kind));
    }
    element("div")
        .class("toolbar")
        .with("part", "toolbar")
        .with("role", "group")
        .with("aria-label", m.text("toolbar.label"))
        .child(bar)
        .child(legend)
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
    let next = element("button")
        .class("next")
        .with("type", "button")
        .with("data-step", kind.name())
        .with("aria-label", m.fill("highlight.next", &[("kind", &title)]))
        .with("title", m.fill("highlight.next", &[("kind", &title)]));
    Some(element("span").class(format!("chip k-{}", kind.name())).child(switch).child(next))
}

/// Where the reader is among the places of a highlight or of a search, with the way on and back.
pub fn stepper(index: &Index) -> Element {
    let m = index.messages;
    let button = |class: &str, action: &str, label: &str| {
        element("button")
            .class(class)
            .with("type", "button")
            .with("data-action", action)
            .with("aria-label", label)
            .with("title", label)
    };
    element("div")
        .class("stepper")
        .with("part", "stepper")
        .with("role", "group")
        .with("aria-label", m.text("stepper.label"))
        .with("hidden", "")
        .child(button("previous", "previous", m.text("stepper.previous")))
        .child(element("span").class("position").with("role", "status"))
        .child(button("next", "next", m.text("stepper.next")))
        .child(button("close", "close", m.text("stepper.close")))
}
