//! Index → the card: short plain lines, each with the place it was read from, and the points worth attention.

use super::index::Index;
use super::{Element, Look, element};
use crate::blocks::safe_target;
use crate::text::join;
use crate::view::PointView;

/// How many points stand open.
const MOST_POINTS: usize = 5;

/// How many places a line names at most; each is in another section.
const MOST_PLACES: usize = 3;

pub fn card(index: &Index, look: &Look) -> Element {
    let m = index.messages;
    let title = index.id("policy-title");
    let header = element("header")
        .child(element("h2").with("id", &title).text(index.policy_title()))
        .child(element("p").class("meta").text(meta(index)));
    let mut card = element("section").class("card").with("part", "card").with("aria-labelledby", title).child(header);
    // What the policy is silent about comes last, in its order.
    let mut lines = element("dl").class("lines");
    for absent in [false, true] {
        for line in index.view.summary.iter().filter(|line| line.absent == absent) {
            let evidence = if absent { &[][..] } else { &line.evidence };
            let text = element("dd").text(&line.text).children(places(index, look, evidence));
            let row = element("div").with("data-slot", line.slot);
            let row = if absent { row.class("absent") } else { row };
            lines = lines.child(row.child(element("dt").text(m.title("slot", line.slot))).child(text));
        }
    }
    if !lines.children.is_empty() {
        card = card.child(lines);
    }
    card = card.children(notice(index, look, "attention", &index.view.attention));
    card = card.children(notice(index, look, "good", &index.view.good));
    if let Some(href) = safe_target(&look.href).filter(|_| look.show == super::Show::Card) {
        let link = element("a").with("href", href).text(m.text("card.more"));
        card = card.child(element("footer").child(link));
    }
    card
}

/// The weightiest points, the others folded.
fn notice(index: &Index, look: &Look, kind: &'static str, points: &[PointView]) -> Option<Element> {
    let m = index.messages;
    // A fold that hides one point would only be in the way.
    let shown = if points.len() > MOST_POINTS + 1 { MOST_POINTS } else { points.len() };
    let (first, rest) = points.split_at(shown);
    if first.is_empty() {
        return None;
    }
    let id = index.id(&format!("policy-{kind}"));
    let mut notice = element("section")
        .class(format!("notice {kind}"))
        .with("part", kind)
        .with("aria-labelledby", &id)
        .child(element("h3").with("id", id).text(m.text(&format!("{kind}.title"))))
        .child(listed(index, look, first));
    if !rest.is_empty() {
        let more = m.fill("attention.more", &[("count", &rest.len().to_string())]);
        let rest = listed(index, look, rest);
        notice = notice.child(element("details").child(element("summary").text(more)).child(rest));
    }
    Some(notice)
}

fn listed(index: &Index, look: &Look, points: &[PointView]) -> Element {
    let mut list = element("ul");
    for point in points {
        let own = index.messages.text(&format!("attention.{}", point.rule));
        let item = element("li")
            .with("data-rule", point.rule)
            .text(if own.is_empty() { point.text.as_str() } else { own })
            .children(places(index, look, &point.evidence));
        list = list.child(item);
    }
    list
}

/// Who, since when, how long to read.
fn meta(index: &Index) -> String {
    let m = index.messages;
    let facts = &index.view.facts;
    let mut parts = Vec::new();
    parts.extend(facts.controller.as_ref().map(|c| c.value.clone()));
    let dates = [
        ("meta.updated", &facts.dates.updated),
        ("meta.effective", &facts.dates.effective),
        ("meta.published", &facts.dates.published),
    ];
    let date = dates.into_iter().find_map(|(key, date)| Some((key, date.as_ref()?)));
    parts.extend(date.map(|(key, date)| m.fill(key, &[("date", &m.date(&date.value))])));
    if index.view.meta.reading_minutes > 0 {
        parts.push(m.fill("meta.minutes", &[("minutes", &index.view.meta.reading_minutes.to_string())]));
    }
    join(&parts, &[" · "])
}

/// A link for each section that the evidence stands in.
fn places(index: &Index, look: &Look, evidence: &[String]) -> Vec<super::Node> {
    let mut seen: Vec<String> = Vec::new();
    let mut links = Vec::new();
    let href = safe_target(&look.href).unwrap_or_default();
    // On another page the reader of this policy is the only one.
    let page = match href.split('#').next().unwrap_or("") {
        "" => index.fragment(""),
        page => format!("{page}#"),
    };
    for id in evidence {
        if seen.len() == MOST_PLACES {
            break;
        }
        let Some(place) = index.place(id) else { continue };
        if seen.contains(&place) {
            continue;
        }
        let label = index.messages.fill("card.clause", &[("section", &place)]);
        // A space at which the line may break: it stays at the end of the line before.
        links.push(super::Node::Text("\u{2002}".into()));
        links.push(
            element("a")
                .class("why")
                .with("href", format!("{page}{id}"))
                .with("aria-label", label)
                .with("data-goto", id)
                .text(&place)
                .into(),
        );
        seen.push(place);
    }
    links
}
