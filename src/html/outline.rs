//! Index → the text: nested sections, paragraphs, tables, and every mark where it stands.

use super::index::{Index, Kind};
use super::{Element, Look, Node, Open, element};
use crate::blocks::safe_target;
use crate::text::{is_digit, is_letter, join};
use crate::view::{ClauseView, MarkView, Run, SectionView, TableView};

/// Up to so many clauses a section has no gist.
const FEW: usize = 5;

/// A text of so many characters is opened as a whole; a longer one starts with its headings and what they hold.
const SHORT: usize = 3000;

/// Of so many categories a tag names each; of more, the first and that there are more.
const MOST_CATEGORIES: usize = 2;

/// `text` with the sections, and what was set aside at its end.
pub fn text(index: &Index, look: &Look) -> Element {
    let text = element("div").class("text").with("part", "text").with("id", index.id("policy-text"));
    let mut text = index.own_words(text);
    text = text.children(paragraphs(index, &index.loose(), None));
    for root in &index.order.roots {
        text = text.children(section(index, look, *root));
    }
    if index.view.clauses.is_empty() && index.view.sections.is_empty() {
        text = text.child(element("p").class("empty").text(index.messages.text("policy.empty")));
    }
    text.children(aside(index))
}

/// A section: with a script, a heading whose button shows its part; without one, `details`.
fn section(index: &Index, look: &Look, at: usize) -> Option<Element> {
    let section = index.section(at)?;
    let depth = index.order.depths.get(at).copied().unwrap_or(1);
    let open = match look.open {
        Open::None => false,
        Open::Short => index.view.meta.characters <= SHORT,
        Open::First => depth == 1,
        Open::All => true,
    };
    let heading = element(match depth {
        1 => "h3",
        2 => "h4",
        3 => "h5",
        _ => "h6",
    });
    let title = number(section).into_iter().map(Node::from);
    let title = title.chain([element("span").class("t").text(index.title(section)).into()]);
    let class = format!("section l{depth}");
    let holder = element(if look.controls { "div" } else { "details" });
    let holder =
        holder.class(class).with("part", "section").with("id", index.id(&section.anchor)).with("data-id", &section.id);
    if !look.controls {
        let summary = element("summary").class("head").child(heading.class("title").children(title));
        let holder = if open { holder.with("open", "") } else { holder };
        return Some(holder.child(summary.children(tally(index, at))).children(body(index, look, at)));
    }
    let part = index.id(&format!("{}-part", section.id));
    let button = element("button")
        .with("type", "button")
        .with("aria-expanded", if open { "true" } else { "false" })
        .with("aria-controls", &part)
        .with("data-action", "toggle")
        .children(title);
    let head = element("div").class("head").child(heading.class("title").child(button));
    let head = head.children(tally(index, at)).children(glimpse(section));
    let inner = element("div").class("body").with("id", part);
    // What is closed is made when there is time for it, or when it is asked for: `html::Shown`.
    let holder = if open { holder.with("data-seen", "").with("data-open", "") } else { holder };
    let inner = if open {
        inner.children(body(index, look, at))
    } else {
        inner.with("hidden", "until-found").with("data-wait", at.to_string())
    };
    Some(holder.child(head).child(inner))
}

/// What stands in a section: its own text, its tables, the sections in it.
pub fn body(index: &Index, look: &Look, at: usize) -> Vec<Node> {
    let Some(section) = index.section(at) else { return Vec::new() };
    let clauses = index.own(at);
    let mut nodes = Vec::new();
    // Fewer clauses are read as fast as their gist, and one point is the clause itself.
    if section.gist.len() > 1 && clauses.len() > FEW {
        nodes.push(gist(index, section).into());
    }
    let inner = index.order.children.get(at).map_or(&[][..], Vec::as_slice);
    let (own, mut rest) = clauses.split_at(index.before(&clauses, inner.first()));
    nodes.extend(paragraphs(index, own, Some(section)));
    for bare in index.bare(at) {
        nodes.push(table(index, bare, &[]).into());
    }
    for (n, section) in inner.iter().enumerate() {
        nodes.extend(self::section(index, look, *section).map(Node::from));
        // Text of its own may go on behind a section in it, up to the next one.
        let (own, tail) = rest.split_at(index.before(rest, inner.get(n + 1)));
        nodes.extend(paragraphs(index, own, None));
        rest = tail;
    }
    nodes
}

/// What a closed section says in one or two sentences.
fn glimpse(section: &SectionView) -> Option<Element> {
    let points: Vec<&str> = section.gist.iter().take(2).map(|point| point.text.as_str()).collect();
    (!points.is_empty()).then(|| element("p").class("glimpse").text(join(&points, &[" "])))
}

/// Key points, each a link to its clause.
fn gist(index: &Index, section: &SectionView) -> Element {
    let mut points = element("ul").with("role", "list");
    for point in &section.gist {
        let id = point.evidence.first().map_or("", String::as_str);
        let link = element("a").with("href", index.fragment(id)).with("data-goto", id).text(&point.text);
        points = points.child(element("li").child(link));
    }
    let title = element("b").text(index.messages.text("section.gist"));
    element("div").class("gist").with("part", "gist").child(title).child(points)
}

/// The mark before a title; one that ends in ASCII has no space of its own.
pub fn number(section: &SectionView) -> Option<Element> {
    let tight = section.mark.ends_with(|c: char| c.is_ascii() || is_letter(c));
    let class = if tight { "n tight" } else { "n" };
    (!section.mark.is_empty()).then(|| element("span").class(class).text(&section.mark))
}

/// How many clauses are sensitive or worth attention, for who decides what to open.
fn tally(index: &Index, at: usize) -> Option<Element> {
    let sensitive = index.sensitives(at);
    let alarms = index.order.alarms.get(at).copied().unwrap_or(0);
    let mut tally = element("span").class("tally"); // a summary holds no paragraph
    for (class, count, key) in [("s", sensitive, "tally.sensitive"), ("a", alarms, "tally.attention")] {
        if count > 0 {
            let text = index.messages.fill(key, &[("count", &count.to_string())]);
            tally = tally.child(element("span").class(class).text(text));
        }
    }
    (!tally.children.is_empty()).then_some(tally)
}

/// Clauses of one block are a paragraph, rows of one table a table, items that follow each other a list.
fn paragraphs(index: &Index, clauses: &[&ClauseView], heading: Option<&SectionView>) -> Vec<Node> {
    let again = heading.zip(clauses.first()).map_or(0, |(section, clause)| repeated(section, clause));
    let mut nodes: Vec<Node> = Vec::new();
    let mut items: Vec<Node> = Vec::new();
    let mut rest = clauses;
    while let Some(first) = rest.first() {
        let again = if rest.len() == clauses.len() { again } else { 0 };
        let table_of = |c: &ClauseView| c.row.and_then(|[t, _]| index.view.tables.get(t));
        let len = match first.row {
            Some([t, _]) => rest.iter().take_while(|c| c.row.is_some_and(|[u, _]| u == t)).count(),
            None => rest.iter().take_while(|c| c.row.is_none() && c.block == first.block).count(),
        };
        let (group, tail) = rest.split_at(len.max(1).min(rest.len()));
        rest = tail;
        if first.kind == "item" && first.row.is_none() {
            let item = element("li").children(clauses_of(index, group, again));
            items.push(if printed_mark(&first.text) { item } else { item.class("bullet") }.into());
            continue;
        }
        flush(&mut items, &mut nodes);
        nodes.push(match table_of(first) {
            Some(view) => table(index, view, group).into(),
            None => element("p").children(clauses_of(index, group, again)).into(),
        });
    }
    flush(&mut items, &mut nodes);
    nodes
}

fn flush(items: &mut Vec<Node>, nodes: &mut Vec<Node>) {
    if !items.is_empty() {
        // `role`: some browsers take the list semantics away with the bullets.
        let list = element("ul").class("items").with("role", "list").children(std::mem::take(items));
        nodes.push(list.into());
    }
}

/// Whether an item starts with a mark of its own: anything but a word.
fn printed_mark(text: &str) -> bool {
    let mut chars = text.trim_start().chars();
    let first = chars.next();
    let mark = |c: char| is_digit(c) || !is_letter(c);
    first.is_some_and(mark) || chars.next().is_some_and(|c| matches!(c, '.' | '、' | ')' | '）' | '．'))
}

fn clauses_of(index: &Index, group: &[&ClauseView], again: usize) -> Vec<Node> {
    // Chinese sentences follow each other directly, others with a space.
    let spaced = group.iter().any(|c| c.text.trim_end().ends_with(|c: char| c.is_ascii_graphic()));
    let mut nodes: Vec<Node> = Vec::new();
    for (i, clause) in group.iter().enumerate() {
        if spaced && i > 0 {
            nodes.push(Node::Text(" ".into()));
        }
        let again = if i == 0 { again } else { 0 };
        nodes.push(
            marked(index, clause, element("span"))
                .children(said_again(index, clause, again))
                .children(tags(index, clause))
                .into(),
        );
    }
    nodes
}

/// How many bytes of a section's first clause only say its heading again: `1. Contact: you can …`.
fn repeated(section: &SectionView, clause: &ClauseView) -> usize {
    let mut text = clause.text.char_indices().filter(|(_, c)| !c.is_whitespace());
    let heading = section.mark.chars().chain(section.title.chars()).filter(|c| !c.is_whitespace());
    let mut end = 0;
    for wanted in heading {
        match text.next() {
            Some((at, c)) if c == wanted => end = at + c.len_utf8(),
            _ => return 0,
        }
    }
    let colon = text.next().filter(|(_, c)| matches!(c, ':' | '\u{FF1A}'));
    // A clause that is nothing but its heading is not dimmed: then it is the text.
    match colon {
        Some((at, c)) if end > 0 && text.next().is_some() => at + c.len_utf8(),
        _ => 0,
    }
}

/// A clause's runs, the first `again` bytes of them as said already.
fn said_again(index: &Index, clause: &ClauseView, again: usize) -> Vec<Node> {
    if again == 0 || clause.runs.is_empty() {
        return runs(index, clause, &clause.runs);
    }
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut left = again;
    for run in &clause.runs {
        let cut = left.min(run.text.len());
        let Some((said, rest)) = run.text.split_at_checked(cut) else { return runs(index, clause, &clause.runs) };
        left -= cut;
        before.extend((!said.is_empty()).then(|| Run { text: said.into(), ..run.clone() }));
        after.extend((!rest.is_empty()).then(|| Run { text: rest.into(), ..run.clone() }));
    }
    let mut nodes = vec![element("span").class("again").children(runs(index, clause, &before)).into()];
    nodes.extend(runs(index, clause, &after));
    nodes
}

/// The element that stands for a clause, with what the legend and the card look for.
fn marked(index: &Index, clause: &ClauseView, holder: Element) -> Element {
    let mut class = String::from("clause");
    for kind in Kind::ALL.into_iter().filter(|k| index.has(clause, *k)) {
        class.push_str(" has-");
        class.push_str(kind.name());
    }
    holder.class(class).with("id", index.id(&clause.id))
}

/// What is said of a clause, in words at its end: what is worth attention, and which sensitive information in which
/// context. A button that tells more where there is a script. The words are in attributes, so that the text and what is
/// copied of it stay the policy's own.
fn tags(index: &Index, clause: &ClauseView) -> Vec<Node> {
    let attention = index.rules(&clause.id).map(|rules| ("a", rules));
    let sensitive = sensitive_tag(index, clause).map(|tag| ("s", tag));
    let tags = sensitive.into_iter().chain(attention);
    tags.map(|(class, words)| {
        let label = index.messages.fill("tag.label", &[("tag", &words)]);
        let tag = element(if index.controls { "button" } else { "span" });
        let tag = tag.class(format!("tag {class}")).with("data-tag", words);
        if !index.controls {
            return tag.into();
        }
        let tag = tag.with("type", "button").with("data-tell", &clause.id);
        tag.with("aria-label", label).with("aria-expanded", "false").into()
    })
    .collect()
}

/// The categories of a clause in the order in which they stand, those of one context together.
fn sensitive_tag(index: &Index, clause: &ClauseView) -> Option<String> {
    let m = index.messages;
    let mut contexts: Vec<(&str, Vec<String>)> = Vec::new();
    for mark in clause.marks.iter().filter(|m| index.sensitive(m)) {
        let category = m.title("category", mark.category.unwrap_or("other"));
        let context = mark.context.unwrap_or("");
        match contexts.iter_mut().find(|(known, _)| *known == context) {
            Some((_, categories)) if categories.contains(&category) => {}
            Some((_, categories)) => categories.push(category),
            None => contexts.push((context, vec![category])),
        }
    }
    let named = contexts.into_iter().map(|(context, mut categories)| {
        if categories.len() > MOST_CATEGORIES {
            categories.truncate(MOST_CATEGORIES);
            if let Some(last) = categories.last_mut() {
                last.push('…');
            }
        }
        let categories = m.join("list.comma", &categories);
        if context.is_empty() { categories } else { format!("{categories}·{}", m.title("context", context)) }
    });
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| m.join("list.semicolon", &named))
}

/// The runs as nodes, `link > strong > mark.attention > mark.sensitive > text`.
fn runs(index: &Index, clause: &ClauseView, runs: &[Run]) -> Vec<Node> {
    if runs.is_empty() && clause.row.is_none() {
        return vec![Node::Text(clause.text.clone())];
    }
    let mut nodes = Vec::new();
    for run in runs {
        let mut node = Node::Text(run.text.clone());
        let marks = run.marks.iter().filter_map(|m| clause.marks.get(*m));
        for mark in marks.clone().filter(|m| index.sensitive(m)) {
            node = element("mark").class(sensitive_class(mark)).child(node).into();
        }
        if marks.clone().any(|m| m.kind == "attention") {
            node = element("mark").class("attention").child(node).into();
        }
        if run.bold {
            node = element("strong").class("bold").child(node).into();
        }
        let link = run.link.and_then(|l| clause.links.get(l)).and_then(|l| safe_target(&l.href));
        if let Some(href) = link {
            node = element("a").with("href", href).with("rel", "noopener noreferrer").child(node).into();
        }
        nodes.push(node);
    }
    nodes
}

/// What the policy does not do, or only names, looks lighter than what it does.
fn sensitive_class(mark: &MarkView) -> String {
    match mark.context {
        Some("deny" | "define" | "protect" | "right") => "sensitive light".into(),
        _ => "sensitive".into(),
    }
}

fn table(index: &Index, table: &TableView, rows: &[&ClauseView]) -> Element {
    let label = if table.caption.is_empty() { index.messages.text("table.label") } else { table.caption.as_str() };
    let mut inner = element("table");
    if table.columns.iter().any(|c| !c.is_empty()) {
        let mut head = element("tr");
        for c in &table.columns {
            // An empty head names nothing: a cell, not a header.
            head = head.child(if c.is_empty() { element("td") } else { element("th").with("scope", "col").text(c) });
        }
        inner = inner.child(element("thead").child(head));
    }
    let mut body = element("tbody");
    for clause in rows {
        let printed = clause.row.and_then(|[_, r]| table.rows.get(r)).map_or(&[][..], Vec::as_slice);
        let mut row = marked(index, clause, element("tr"));
        // A row has no place for a tag: its first cell has.
        let mut tags = tags(index, clause);
        for cell in cells(clause, printed) {
            row = row.child(element("td").children(runs(index, clause, &cell)).children(std::mem::take(&mut tags)));
        }
        body = body.child(row);
    }
    element("div")
        .class("scroll")
        .with("part", "table")
        .with("tabindex", "0")
        .with("role", "region")
        .with("aria-label", label)
        .child(inner.child(body))
}

/// What joins the cells of a row in its clause's text.
const JOIN: &str = " | ";

/// A row's runs cut at its cells. In a clause's text an empty cell may have left no trace; a row whose text is not its
/// cells joined shows them without marks.
fn cells(clause: &ClauseView, printed: &[String]) -> Vec<Vec<Run>> {
    let filled: Vec<&str> = printed.iter().map(String::as_str).filter(|c| !c.is_empty()).collect();
    let all = join(printed, &[JOIN]) == clause.text;
    if !all && join(&filled, &[JOIN]) != clause.text {
        return printed.iter().map(|c| vec![Run { text: c.clone(), ..Run::default() }]).collect();
    }
    let mut cells = Vec::with_capacity(printed.len());
    let mut runs = clause.runs.iter();
    let mut current: Option<(&Run, &str)> = None;
    // The next at most `len` bytes, from one run.
    let mut take = |len: usize| -> Option<Run> {
        while current.is_none_or(|(_, rest)| rest.is_empty()) {
            current = runs.next().map(|r| (r, r.text.as_str()));
            current?;
        }
        let (run, rest) = current?;
        let (piece, tail) = rest.split_at_checked(len.min(rest.len()))?;
        current = Some((run, tail));
        Some(Run { text: piece.into(), ..run.clone() })
    };
    for cell in printed {
        let mut own = Vec::new();
        let mut left = cell.len();
        while left > 0 {
            let Some(run) = take(left) else { break };
            left -= run.text.len();
            own.push(run);
        }
        cells.push(own);
        let mut join = if all || !cell.is_empty() { JOIN.len() } else { 0 };
        while join > 0 {
            let Some(run) = take(join) else { break };
            join -= run.text.len();
        }
    }
    cells
}

/// Printed contents, page chrome and doubts, closed, at the end.
fn aside(index: &Index) -> Option<Element> {
    let m = index.messages;
    let groups = [
        ("aside.contents", &index.view.aside.contents),
        ("aside.noise", &index.view.aside.noise),
        ("notes.title", &index.view.notes),
    ];
    if groups.iter().all(|(_, lines)| lines.is_empty()) {
        return None;
    }
    let mut details = element("details").class("aside").with("part", "aside");
    details = details.child(element("summary").text(m.text("aside.title")));
    for (key, lines) in groups.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let mut list = element("ul");
        for line in lines {
            list = list.child(element("li").text(line));
        }
        details = details.child(element("h3").text(m.text(key))).child(list);
    }
    Some(details)
}
