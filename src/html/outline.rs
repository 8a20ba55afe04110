//! Index → the text: nested sections, paragraphs, tables, and every mark where it stands.

use super::index::{Index, Kind};
use super::{Element, Look, Node, Open, element};
use crate::blocks::safe_target;
use crate::text::{is_digit, is_letter, join};
use crate::view::{ClauseView, MarkView, Run, SectionView, TableView};

/// Up to so many clauses a section has no gist.
const FEW: usize = 5;

/// `text` with the sections, and what was set aside at its end.
pub fn text(index: &Index, look: &Look) -> Element {
    let mut text = element("div").class("text").with("part", "text");
    text = text.children(paragraphs(index, &index.loose, None));
    for root in &index.roots {
        text = text.children(section(index, look, *root, 1));
    }
    if index.view.clauses.is_empty() && index.view.sections.is_empty() {
        text = text.child(element("p").class("empty").text(index.messages.text("policy.empty")));
    }
    text.children(aside(index))
}

fn section(index: &Index, look: &Look, at: usize, depth: usize) -> Option<Element> {
    let section = index.section(at)?;
    let heading = match depth {
        1 => "h3",
        2 => "h4",
        3 => "h5",
        _ => "h6",
    };
    let mut title = element(heading).class("title");
    title = title.children(number(section)).text(index.title(section));
    let mut summary = element("summary").child(title);
    if section.sensitive + section.bolds > 0 {
        summary = summary.child(tally(index, section));
    }
    let mut details = element("details")
        .class(format!("section l{depth}"))
        .with("part", "section")
        .with("id", index.id(&section.anchor))
        .with("data-id", &section.id);
    let open = match look.open {
        Open::None => false,
        Open::First => depth == 1,
        Open::All => true,
    };
    if open {
        details = details.with("open", "");
    }
    details = details.child(summary);
    let clauses = index.clauses.get(at)?;
    // Fewer clauses are read as fast as their gist, and one point is the clause itself.
    if section.gist.len() > 1 && clauses.len() > FEW {
        details = details.child(gist(index, section));
    }
    details = details.children(paragraphs(index, clauses, Some(section)));
    for bare in index.bare.get(at)? {
        details = details.child(table(index, bare, &[]));
    }
    for inner in index.children.get(at)? {
        details = details.children(self::section(index, look, *inner, depth + 1));
    }
    Some(details)
}

/// Key points, each a link to its clause.
fn gist(index: &Index, section: &SectionView) -> Element {
    let mut points = element("ul");
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

/// How many clauses are sensitive or bold, for who decides what to open.
fn tally(index: &Index, section: &SectionView) -> Element {
    let mut tally = element("span").class("tally");
    for (class, count, key) in
        [("sensitive", section.sensitive, "tally.sensitive"), ("bold", section.bolds, "tally.bold")]
    {
        if count > 0 {
            let text = index.messages.fill(key, &[("count", &count.to_string())]);
            tally = tally.child(element("span").class(class).text(text));
        }
    }
    tally
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
        nodes.push(marked(index, clause, element("span")).children(said_again(index, clause, again)).into());
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
    // A clause that is nothing but its heading is not dimmed: then it is the text.
    match text.next() {
        Some((at, c)) if end > 0 && matches!(c, ':' | '\u{FF1A}') => at + c.len_utf8(),
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
    let holder = holder.class(class).with("id", index.id(&clause.id));
    match index.rules(&clause.id) {
        // A row has no place for a tag: its first cell has.
        Some(rules) if clause.row.is_none() => attention(index, holder, rules),
        _ => holder,
    }
}

fn attention(index: &Index, holder: Element, rules: String) -> Element {
    let tip = index.messages.fill("highlight.attention.tip", &[("rule", &rules)]);
    holder.with("title", tip).with("data-tag", rules)
}

/// The runs as nodes, `link > strong > mark.attention > mark.sensitive > text`. The tag of a sensitive mark is shown by
/// the style sheet from `data-tag`, so that text and selection stay the policy's own; in a list of like marks only the
/// first is tagged.
fn runs(index: &Index, clause: &ClauseView, runs: &[Run]) -> Vec<Node> {
    if runs.is_empty() && clause.row.is_none() {
        return vec![Node::Text(clause.text.clone())];
    }
    let mut tagged: Option<String> = None;
    let mut nodes = Vec::new();
    for (i, run) in runs.iter().enumerate() {
        let mut node = Node::Text(run.text.clone());
        let marks = run.marks.iter().filter_map(|m| Some((*m, clause.marks.get(*m)?)));
        for (at, mark) in marks.clone().filter(|(_, m)| m.kind == "sensitive") {
            let ends = !runs.get(i + 1).is_some_and(|next| next.marks.contains(&at));
            let tag = tag(index, mark);
            let shown = ends && tagged.as_ref() != Some(&tag);
            let mut holder = element("mark").class(sensitive_class(mark)).with("title", tip(index, mark));
            if shown {
                holder = holder.with("data-tag", &tag);
                tagged = Some(tag);
            }
            node = holder.child(node).into();
        }
        if marks.clone().any(|(_, m)| m.kind == "attention") {
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

fn tag(index: &Index, mark: &MarkView) -> String {
    let category = index.messages.title("category", mark.category.unwrap_or("other"));
    match mark.context {
        Some(context) => format!("{category}·{}", index.messages.title("context", context)),
        None => category,
    }
}

fn tip(index: &Index, mark: &MarkView) -> String {
    let m = index.messages;
    let category = m.title("category", mark.category.unwrap_or("other"));
    let context = mark.context.map_or_else(String::new, |c| m.title("context", c));
    let tip = m.fill("highlight.sensitive.tip", &[("category", &category), ("context", &context)]);
    let standards: Vec<_> = mark.standards.iter().map(|s| m.title("standard", s)).collect();
    if standards.is_empty() { tip } else { format!("{tip} · {}", m.join("list.comma", &standards)) }
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
        let mut rules = index.rules(&clause.id);
        let mut row = marked(index, clause, element("tr"));
        for cell in cells(clause, printed) {
            let holder = element("td").children(runs(index, clause, &cell));
            row = row.child(match rules.take() {
                Some(rules) => attention(index, holder, rules),
                None => holder,
            });
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
