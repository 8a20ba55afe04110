//! A source and what was made of it → the first promise that does not hold.
//!
//! The oracle of tests and fuzzers: nothing lost and nothing invented, as a sequence of characters; every character in one
//! place; spans in bounds and in order; ids that exist. Linear in the source.

use crate::blocks::{Document, Kind, Shape, safe_target};
use crate::clauses::Clause;
use crate::outline::{Outline, Role, Section};
use crate::text::{Span, is_blank};
use crate::view::View;
use std::collections::BTreeSet;
use std::ops::Range;

/// Checks everything that must hold for any source.
///
/// # Errors
/// Says which promise is broken, and where.
pub fn check(
    source: &str,
    document: &Document,
    outline: &Outline,
    clauses: &[Clause],
    view: &View,
) -> Result<(), String> {
    nothing_lost(source, document)?;
    blocks_tile(document)?;
    sections_stand(document, outline)?;
    all_placed(document, outline, clauses)?;
    spans_in_order(document)?;
    offsets_fit(source, view)?;
    ids_exist(view)
}

fn hold(holds: bool, message: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(message()) }
}

fn visible(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !is_blank(*c))
}

fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}

/// The canonical text holds the source's characters in order; what it leaves out is markup.
fn nothing_lost(source: &str, document: &Document) -> Result<(), String> {
    let mut canonical = visible(document.text.as_str());
    let mut markup = document.markup.clone();
    markup.sort_unstable();
    let mut markup = Markup { ranges: markup, next: 0, reach: 0 };
    let mut at = 0;
    for (range, text) in document.text.pieces() {
        let raw = source.get(range.clone()).ok_or_else(|| format!("piece {range:?} is out of bounds"))?;
        hold(range.start >= at, || format!("piece {range:?} starts before {at}"))?;
        hold(text == raw || raw.contains(['&', '\0']), || format!("{text:?} was read from {raw:?}"))?;
        left_out(source, at..range.start, document.shape, &mut markup)?;
        at = range.end;
        for c in visible(text) {
            // Between table cells a bar is inserted.
            hold(canonical.by_ref().find(|other| *other == c || *other != '|') == Some(c), || {
                format!("{c:?} of {:?} is lost", excerpt(text))
            })?;
        }
    }
    left_out(source, at..source.len(), document.shape, &mut markup)?;
    hold(canonical.all(|c| c == '|'), || "characters were invented at the end".into())
}

/// Markup ranges by start; places are asked for in ascending order.
struct Markup {
    ranges: Vec<[u32; 2]>,
    next: usize,
    reach: usize,
}

impl Markup {
    fn covers(&mut self, at: usize) -> bool {
        while let Some([_, end]) = self.ranges.get(self.next).filter(|r| r[0] as usize <= at) {
            self.reach = self.reach.max(*end as usize);
            self.next += 1;
        }
        at < self.reach
    }
}

fn left_out(source: &str, gap: Range<usize>, shape: Shape, markup: &mut Markup) -> Result<(), String> {
    let text = source.get(gap.clone()).unwrap_or("");
    for (i, c) in text.char_indices() {
        let sign = shape == Shape::Markdown
            && matches!(
                c,
                '*' | '_' | '#' | '>' | '|' | '-' | '+' | '`' | '~' | '\\' | ':' | '=' | '[' | ']' | '!' | '<'
            );
        hold(is_blank(c) || sign || markup.covers(gap.start + i), || {
            format!("{c:?} at {} is lost: {:?}", gap.start + i, excerpt(text))
        })?;
    }
    Ok(())
}

/// Blocks follow each other; between them stands only white space.
fn blocks_tile(document: &Document) -> Result<(), String> {
    let mut at = 0;
    for block in &document.blocks {
        let text = document.text.slice(block.span);
        hold(!text.is_empty() && block.span.start() >= at, || format!("block {:?} after {at}", block.span))?;
        hold(visible(document.text.slice(Span::new(at, block.span.start()))).next().is_none(), || {
            format!("text before {:?} is in no block", excerpt(text))
        })?;
        hold(!text.starts_with(is_blank) && !text.ends_with(is_blank), || {
            format!("white space around {:?}", excerpt(text))
        })?;
        at = block.span.end();
    }
    let rest = document.text.slice(Span::new(at, document.text.len()));
    hold(visible(rest).next().is_none(), || format!("{:?} is in no block", excerpt(rest)))
}

fn sections_stand(document: &Document, outline: &Outline) -> Result<(), String> {
    hold(outline.roles.len() == document.blocks.len(), || "a block without a role".into())?;
    for (i, section) in outline.sections.iter().enumerate() {
        let parent = section.parent().map(|p| outline.sections.get(p).filter(|_| p < i));
        let level = match parent {
            None => 1,
            Some(Some(parent)) => parent.level + 1,
            Some(None) => return Err(format!("section {i}: its parent does not stand before it")),
        };
        hold(section.level == level, || format!("section {i} is of level {}, not {level}", section.level))?;
        hold(section.implicit || !section.title.is_empty() || !section.number.is_empty(), || {
            format!("section {i} has neither number nor title")
        })?;
    }
    let mut last = None;
    for role in &outline.roles {
        match role {
            Role::Heading(s) | Role::RunIn(s) => {
                hold(Some(*s) == last.map_or(Some(0), |l: u32| l.checked_add(1)), || {
                    format!("section {s} follows {last:?}")
                })?;
                last = Some(*s);
            }
            Role::Body(s) => {
                let implicit = *s == 0 && last.is_none() && outline.sections.first().is_some_and(|s| s.implicit);
                // Text of a section may go on behind those in it.
                let mut open = last.map(|l| l as usize);
                while open.is_some_and(|o| o > *s as usize) {
                    open = open.and_then(|o| outline.sections.get(o)).and_then(Section::parent);
                }
                hold(implicit || open == Some(*s as usize), || format!("text of section {s} follows {last:?}"))?;
                last = last.max(Some(*s));
            }
            Role::Title | Role::Contents | Role::Noise => {}
        }
    }
    hold(last.map_or(0, |l| l as usize + 1) == outline.sections.len(), || "a section without a block".into())
}

/// Headings, clauses, columns and what was set aside hold every character of the blocks exactly once.
fn all_placed(document: &Document, outline: &Outline, clauses: &[Clause]) -> Result<(), String> {
    let mut clauses = clauses.iter().enumerate().peekable();
    for (i, (block, role)) in document.blocks.iter().zip(&outline.roles).enumerate() {
        let text = document.text.slice(block.span);
        let inside = |span: Span| span.start() >= block.span.start() && span.end() <= block.span.end();
        if let Role::Heading(s) | Role::RunIn(s) = role
            && let Some(section) = outline.sections.get(*s as usize)
        {
            hold(inside(section.title), || format!("the title of section {s} is not in {:?}", excerpt(text)))?;
            let mut end = block.span.start();
            if !section.mark().is_empty() {
                hold(inside(section.mark()) && section.mark().end() <= section.title.start(), || {
                    format!("the mark of section {s}")
                })?;
                hold(
                    section.number.start() >= section.mark().start() && section.number.end() <= section.mark().end(),
                    || format!("the number of section {s}"),
                )?;
                decoration(document, Span::new(end, section.mark().start()))?;
                end = section.mark().end();
            }
            decoration(document, Span::new(end, section.title.start()))?;
            if matches!(role, Role::Heading(_)) {
                decoration(document, Span::new(section.title.end(), block.span.end()))?;
            }
        }
        let section = match role {
            Role::Body(s) | Role::RunIn(s) => *s,
            _ => continue,
        };
        if let Kind::Head(t) = block.kind
            && document.tables.get(t as usize).is_some_and(|t| !t.is_empty())
        {
            continue;
        }
        let mut at = block.span.start();
        while let Some((n, clause)) = clauses.next_if(|(_, c)| c.block() == i) {
            hold(clause.section() == section as usize, || format!("clause {n} is not in section {section}"))?;
            hold(clause.span.start() >= at && inside(clause.span) && !clause.span.is_empty(), || {
                format!("clause {n} at {:?} after {at}", clause.span)
            })?;
            hold(visible(document.text.slice(Span::new(at, clause.span.start()))).next().is_none(), || {
                format!("text before clause {n} is lost")
            })?;
            hold(
                clause.shown() <= clause.span.end() - clause.span.start() && clause.lead().is_none_or(|l| l < n),
                || format!("clause {n}"),
            )?;
            at = clause.span.end();
        }
        hold(visible(document.text.slice(Span::new(at, block.span.end()))).next().is_none(), || {
            format!("the end of {:?} is in no clause", excerpt(text))
        })?;
    }
    hold(clauses.peek().is_none(), || "a clause stands in no block, or out of order".into())
}

/// What stands around a title says nothing: no letter, digit or ideograph, but for the letter that is a bullet.
fn decoration(document: &Document, span: Span) -> Result<(), String> {
    let text = document.text.slice(span).trim_start_matches("o ");
    hold(!text.contains(char::is_alphanumeric), || format!("{text:?} is neither number nor title"))
}

fn spans_in_order(document: &Document) -> Result<(), String> {
    let text = document.text.as_str();
    let fits = |s: Span| !s.is_empty() && text.get(s.start()..s.end()).is_some();
    let ordered = |spans: &[Span]| spans.windows(2).all(|pair| matches!(pair, [a, b] if a.end() <= b.start()));
    hold(document.bold.iter().all(|s| fits(*s)) && ordered(&document.bold), || format!("bold: {:?}", document.bold))?;
    let links: Vec<Span> = document.links.iter().map(|l| l.span).collect();
    hold(links.iter().all(|s| fits(*s)) && ordered(&links), || format!("links: {links:?}"))?;
    for (i, table) in document.tables.iter().enumerate() {
        for row in std::iter::once(table.columns.to_vec()).chain((0..table.len()).map(|r| document.cells(i, r))) {
            let cells = row.iter().all(|c| c.start() <= c.end() && text.get(c.start()..c.end()).is_some());
            let order = row.windows(2).all(|pair| matches!(pair, [a, b] if a.end() <= b.start()));
            hold(cells && order && row.len() == table.columns.len(), || format!("table {i}: {row:?}"))?;
        }
    }
    Ok(())
}

/// Every UTF-16 offset lies in its text, between characters; what runs name is there; links are safe to follow; clauses
/// follow the source but for the rows of tables.
fn offsets_fit(source: &str, view: &View) -> Result<(), String> {
    let mut last = 0;
    for clause in &view.clauses {
        let units: Vec<u16> = clause.text.encode_utf16().collect();
        let between = |at: usize| at <= units.len() && !units.get(at).is_some_and(|u| (0xdc00..0xe000).contains(u));
        let bold = clause.bold.iter().map(|[start, end]| (*start, *end));
        let links = clause.links.iter().map(|l| (l.start, l.end));
        let marks = clause.marks.iter().map(|m| (m.start, m.end));
        for (start, end) in bold.chain(links).chain(marks) {
            hold(start < end && between(start) && between(end), || format!("{}: {start}..{end}", clause.id))?;
        }
        hold(between(clause.shown), || format!("{}: shown {}", clause.id, clause.shown))?;
        hold(clause.bold.windows(2).all(|pair| matches!(pair, [[_, end], [start, _]] if end <= start)), || {
            format!("{}: bold {:?}", clause.id, clause.bold)
        })?;
        hold(clause.runs.iter().map(|r| r.text.as_str()).collect::<String>() == clause.text, || {
            format!("{}: its runs are not its text", clause.id)
        })?;
        for run in &clause.runs {
            let named =
                run.link.is_none_or(|l| l < clause.links.len()) && run.marks.iter().all(|m| *m < clause.marks.len());
            hold(named, || format!("{}: a run's link {:?} or marks {:?}", clause.id, run.link, run.marks))?;
        }
        for link in &clause.links {
            hold(safe_target(&link.href).as_ref() == Some(&link.href), || format!("{}: {:?}", clause.id, link.href))?;
        }
        let [start, end] = clause.source;
        hold(source.get(start..end).is_some(), || format!("{}: source {start}..{end}", clause.id))?;
        hold(start >= last || clause.row.is_some(), || format!("{}: source {start} after {last}", clause.id))?;
        last = last.max(start);
    }
    hold(view.coverage.source == view.coverage.placed, || format!("coverage {:?}", view.coverage))
}

/// Whatever is named exists, once.
fn ids_exist(view: &View) -> Result<(), String> {
    let clauses: BTreeSet<&str> = view.clauses.iter().map(|c| c.id.as_str()).collect();
    hold(clauses.len() == view.clauses.len(), || "two clauses have one id".into())?;
    let anchors: BTreeSet<&str> = view.sections.iter().map(|s| s.anchor.as_str()).collect();
    hold(anchors.len() == view.sections.len(), || "two sections have one anchor".into())?;
    let mut sections = BTreeSet::new();
    for section in &view.sections {
        hold(section.parent.as_deref().is_none_or(|p| sections.contains(p)), || format!("{}: its parent", section.id))?;
        hold(sections.insert(section.id.as_str()), || format!("{} stands twice", section.id))?;
        hold(section.gist.iter().flat_map(|g| &g.evidence).all(|id| clauses.contains(id.as_str())), || {
            format!("{}: its gist", section.id)
        })?;
    }
    for clause in &view.clauses {
        hold(sections.contains(clause.section.as_str()), || format!("{}: its section", clause.id))?;
        hold(clause.row.is_none_or(|[t, r]| view.tables.get(t).is_some_and(|t| r < t.rows.len())), || {
            format!("{}: its row {:?}", clause.id, clause.row)
        })?;
    }
    let known = |evidence: &[String]| evidence.iter().all(|id| clauses.contains(id.as_str()));
    for line in &view.summary {
        hold(known(&line.evidence) && line.evidence.is_empty() == line.absent, || format!("card line {}", line.slot))?;
    }
    for point in &view.attention {
        hold(known(&point.evidence) && !point.evidence.is_empty(), || format!("attention {}", point.rule))?;
    }
    for item in &view.checklist {
        hold(known(&item.evidence), || format!("checklist {}", item.item))?;
    }
    Ok(())
}
