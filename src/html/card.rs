//! Index → the card: short plain lines in two tiers, each a link to the place it was read from, and the points worth
//! attention.

use super::index::{Index, Place};
use super::{Element, Look, Node, Show, element};
use crate::blocks::safe_target;
use crate::view::{LineView, PointView};

/// How many points stand in the first tier.
const MOST_POINTS: usize = 3;

/// So many characters at a line's end stay together: no last line holds one alone.
const CLOSING: usize = 4;

pub fn card(index: &Index, look: &Look) -> Element {
    let m = index.messages;
    let title = index.id("policy-title");
    let header = element("header")
        .class("card-head")
        .child(index.own_words(element("h2").with("id", &title)).text(index.policy_title()))
        .child(meta(index));
    let class = if look.compact { "card compact" } else { "card" };
    let mut card = element("section").class(class).with("part", "card").with("aria-labelledby", title).child(header);
    if let Some(why) = &index.view.meta.unread {
        card = card.child(element("p").class("note").text(&why.text));
    }
    let stated: Vec<&LineView> = index.view.summary.iter().filter(|line| !line.absent).collect();
    let (glance, further): (Vec<&LineView>, Vec<&LineView>) = stated.iter().partition(|line| at_a_glance(line));
    let (points, more) = index.view.attention.split_at(index.view.attention.len().min(MOST_POINTS));
    card = card.children(rows(index, look, &glance));
    card = card.children(notice(index, look, "attention", m.text("attention.title"), points));
    let mut rest: Vec<Node> = Vec::new();
    rest.extend(rows(index, look, &further).map(Node::from));
    rest.extend(notice(index, look, "attention", m.text("attention.further"), more).map(Node::from));
    rest.extend(notice(index, look, "good", m.text("good.title"), &index.view.good).map(Node::from));
    rest.extend(unsaid(index).map(Node::from));
    let mut foot = element("footer").class("card-foot");
    if !look.compact && !rest.is_empty() {
        let count = index.view.summary.len() + index.view.attention.len() + index.view.good.len();
        let summary = element("summary")
            .child(element("span").class("more").text(m.fill("card.all", &[("count", &count.to_string())])))
            .child(element("span").class("less").text(m.text("card.less")));
        foot = foot.child(element("details").class("all").child(summary).children(rest));
    }
    foot = foot.children(whole(index, look));
    if foot.children.is_empty() { card } else { card.child(foot) }
}

/// Whether a line is of the first tier; who is responsible stands in the head already.
fn at_a_glance(line: &LineView) -> bool {
    line.tier == 1 && line.slot != "who"
}

/// The way to the whole text: further down, or on another page.
fn whole(index: &Index, look: &Look) -> Option<Element> {
    let m = index.messages;
    let minutes = index.view.meta.reading_minutes;
    let text = match minutes {
        0 => m.text("card.more").to_owned(),
        minutes => m.fill("card.read", &[("minutes", &minutes.to_string())]),
    };
    let link = element("a").class("btn bare whole");
    if look.show == Show::Reader {
        let first = index.view.sections.first()?;
        return Some(link.with("href", index.fragment("policy-text")).with("data-goto", &first.id).text(text));
    }
    let href = safe_target(&look.href).filter(|_| look.show == Show::Card)?;
    Some(link.with("href", href).text(text))
}

/// Lines as rows; each is a link as a whole.
fn rows(index: &Index, look: &Look, lines: &[&LineView]) -> Option<Element> {
    if lines.is_empty() {
        return None;
    }
    let mut list = element("ul").class("rows").with("role", "list");
    for line in lines {
        let key = element("span").class("k").text(index.messages.title("slot", line.slot));
        let value = element("span").class("v").children(said(&line.text));
        let row = linked(index, look, &line.evidence, "row", |end| vec![key.into(), value.children(end).into()]);
        list = list.child(element("li").with("data-slot", line.slot).child(row));
    }
    Some(list)
}

/// Points of one kind under their title.
fn notice(index: &Index, look: &Look, kind: &'static str, title: &str, points: &[PointView]) -> Option<Element> {
    if points.is_empty() {
        return None;
    }
    let mut list = element("ul").with("role", "list");
    for point in points {
        let text = said(&point.text);
        let item = linked(index, look, &point.evidence, "point", |end| text.into_iter().chain(end).collect());
        list = list.child(element("li").with("data-rule", point.rule).child(item));
    }
    let notice = element("section").class(format!("points {kind}")).with("part", kind);
    Some(notice.child(element("h3").text(title)).child(list))
}

/// What the policy is silent about, in its order.
fn unsaid(index: &Index) -> Option<Element> {
    let mut list = element("ul").with("role", "list");
    for line in index.view.summary.iter().filter(|line| line.absent) {
        list = list.child(element("li").with("data-slot", line.slot).text(&line.text));
    }
    if list.children.is_empty() {
        return None;
    }
    let title = element("h3").text(index.messages.text("card.unsaid"));
    Some(element("section").class("points unsaid").child(title).child(list))
}

/// A link to the clause that states it, ending with the name of the section it leads to; without evidence, no link.
fn linked(
    index: &Index,
    look: &Look,
    evidence: &[String],
    class: &'static str,
    content: impl FnOnce(Option<Node>) -> Vec<Node>,
) -> Element {
    let Some((id, place)) = evidence.iter().find_map(|id| Some((id, index.place(id)?))) else {
        return element("span").class(class).children(content(None));
    };
    let href = safe_target(&look.href).unwrap_or_default();
    // On another page the reader of this policy is the only one.
    let href = match href.split('#').next().unwrap_or("") {
        "" => index.fragment(id),
        page => format!("{page}#{id}"),
    };
    let link = element("a").class(class).with("href", href).with("data-goto", id);
    link.children(content(Some(destination(index, &place))))
}

fn destination(index: &Index, place: &Place) -> Node {
    let number = (!place.number.is_empty()).then(|| element("span").class("n").text(&place.number));
    let name = element("span").class("s").children(number).text(place.title);
    index.own_words(element("span").class("to")).child(name).into()
}

/// A sentence whose last characters do not part.
fn said(text: &str) -> Vec<Node> {
    let from = text.char_indices().rev().nth(CLOSING - 1).map_or(0, |(at, _)| at);
    match text.split_at_checked(from) {
        Some((head, tail)) if !head.is_empty() && !tail.contains(' ') => {
            vec![Node::Text(head.into()), element("span").class("nb").text(tail).into(), Node::Text(" ".into())]
        }
        _ => vec![Node::Text(format!("{text} "))],
    }
}

/// Who, since when, how long to read.
fn meta(index: &Index) -> Element {
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
    let parts = parts.into_iter().map(|part| element("span").text(part));
    element("p").class("meta").children(parts)
}
