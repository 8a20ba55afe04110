//! Markdown → blocks: pulldown-cmark for structure, our own pairing of `**`.
//!
//! CommonMark's flanking rule (spec 0.31, 6.2; commonmark-spec issue 650) forbids `**` to close after punctuation when a
//! letter follows, and Chinese puts no space there: `**x。**y` stays literal in every conforming parser. Here a run of two
//! or more `*` switches bold on and off wherever it stands, escaped or not (`\**x\**`), doubled (`****x**`) or with white
//! space inside (`** x**`); no such run reaches the reader as text. Paragraphs are lines, unless the text was wrapped.

use super::{Kind, Writer, html, plain};
use crate::text::{is_blank, is_terminal};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How many signs of Markdown a source holds: headings, `**`, table rules, links, escaped numbers.
#[must_use]
pub fn signs(source: &str) -> usize {
    let mut count = 0;
    for line in source.lines() {
        let line = line.trim();
        let rest = line.trim_start_matches('#');
        if rest.len() < line.len() && line.len() - rest.len() <= 6 && rest.starts_with(' ') {
            count += 3;
        }
        if line.starts_with('|') && line.contains("---") {
            count += 10;
        }
        if line.strip_prefix('\\').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())) {
            count += 1;
        }
        count += line.matches("**").count() + 2 * line.matches("](").count();
    }
    count
}

/// Reads the writer's whole source.
pub fn read(writer: &mut Writer<'_>) {
    let source = writer.source;
    let wrapped = is_wrapped(source);
    let mut reader = Reader {
        writer,
        wrapped,
        kind: Kind::Paragraph,
        inline: Vec::new(),
        numbered: false,
        depth: 0,
        cells: Vec::new(),
        cell_end: 0,
        piped: false,
        columns: 0,
    };
    let mut events = Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter();
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(Tag::Table(_)) => {
                reader.flush();
                reader.writer.table();
            }
            Event::Start(Tag::TableRow) => reader.start_row(source.get(range).unwrap_or("")),
            Event::End(TagEnd::TableCell) => {
                let cell = std::mem::take(&mut reader.inline);
                reader.cells.push(cell);
                reader.cell_end = range.end;
            }
            Event::End(TagEnd::TableHead) => reader.end_head(source.get(range).unwrap_or("")),
            Event::End(TagEnd::TableRow) => {
                reader.more_cells(range.end);
                reader.end_row(source.get(range).unwrap_or(""));
            }
            Event::End(TagEnd::Table) => reader.row(false),
            Event::Start(Tag::Heading { level, .. }) => reader.open(Kind::Heading(level as u8)),
            Event::Start(Tag::Paragraph) => reader.open(reader.body()),
            Event::Start(Tag::CodeBlock(kind)) => {
                if matches!(kind, CodeBlockKind::Fenced(_)) {
                    reader.writer.markup(range.clone());
                }
                reader.open(reader.body());
            }
            Event::Start(Tag::List(_)) => {
                reader.flush();
                reader.depth = reader.depth.saturating_add(1);
            }
            Event::End(TagEnd::List(_)) => {
                reader.flush();
                reader.depth = reader.depth.saturating_sub(1);
            }
            Event::Start(Tag::Item) => {
                reader.open(reader.body());
                reader.number(range.start);
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Item) => reader.flush(),
            Event::Start(Tag::HtmlBlock) => {
                reader.flush();
                html::read_block(reader.writer, range);
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                reader.writer.markup(range.clone());
                reader.inline.push((range.start, Inline::LinkStart(dest_url.to_string())));
                // Its end is known now; what stands in it comes as events of its own.
                reader.inline.push((range.end, Inline::LinkEnd));
            }
            Event::Start(Tag::Image { .. }) => reader.writer.markup(range),
            Event::Text(text) | Event::Code(text) => reader.text(&text, range),
            Event::InlineHtml(tag) if tag.starts_with("<!") || tag.starts_with("<?") || html::is_element(&tag) => {
                if html::breaks(&tag) {
                    reader.inline.push((range.start, Inline::Break(true)));
                } else if let Some(on) = html::bold(&tag) {
                    reader.inline.push((range.start, Inline::Bold(on)));
                }
                reader.writer.markup(range);
            }
            Event::InlineHtml(_) => reader.inline.push((range.start, Inline::Copy(range))),
            Event::SoftBreak => reader.inline.push((range.start, Inline::Break(false))),
            Event::HardBreak => reader.inline.push((range.start, Inline::Break(true))),
            Event::Start(Tag::Strong) => reader.pair(&range, 2),
            Event::Start(Tag::Emphasis) => reader.pair(&range, 1),
            _ => {}
        }
    }
    reader.flush();
    // A reference definition is a link's target that stands apart.
    for (_, definition) in events.reference_definitions().iter() {
        reader.writer.markup(definition.span.clone());
    }
}

/// Whether single line breaks are wraps: most lines stop in the middle of a sentence.
fn is_wrapped(source: &str) -> bool {
    let (mut breaks, mut ends) = (0usize, 0usize);
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(next) = lines.peek().map(|l| l.trim()) else { break };
        let line = line.trim();
        if line.is_empty() || next.is_empty() || line.starts_with(['|', '#']) || next.starts_with(['|', '#', '-', '*'])
        {
            continue;
        }
        breaks += 1;
        ends += usize::from(plain::ends(line.trim_end_matches('*')) || line.chars().count() < 25);
        ends += usize::from(crate::numbering::parse(next).is_some());
    }
    breaks >= 8 && ends * 10 < breaks * 3
}

/// A piece of a paragraph.
#[derive(Debug)]
enum Inline {
    /// Characters that stand in the source as they are.
    Copy(Range<usize>),
    /// A character reference.
    Decoded(String, Range<usize>),
    /// A line break; `true` where the author asked for one.
    Break(bool),
    /// `*` or `__`: literal or half of a pair; `true` for half of a pair of single ones, which is emphasis.
    Stars(Range<usize>, bool),
    /// A tag that switches bold on or off.
    Bold(bool),
    LinkStart(String),
    LinkEnd,
}

/// What a run of stars does to bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    On,
    Off,
    /// On, up to the end of the line: nothing closes it.
    Line,
    /// Markup without effect.
    Drop,
}

struct Reader<'w, 's> {
    writer: &'w mut Writer<'s>,
    wrapped: bool,
    kind: Kind,
    /// Pieces with their place in the source.
    inline: Vec<(usize, Inline)>,
    /// Only the number of a list item has been read: it waits for the item's first paragraph.
    numbered: bool,
    depth: u8,
    /// Cells of a table row that waits for the rest of it.
    cells: Vec<Vec<(usize, Inline)>>,
    /// Where the last cell ends in the source.
    cell_end: usize,
    /// The table's rows start and end with a bar.
    piped: bool,
    columns: usize,
}

impl Reader<'_, '_> {
    fn body(&self) -> Kind {
        if self.depth > 0 { Kind::Item(self.depth) } else { Kind::Paragraph }
    }

    fn open(&mut self, kind: Kind) {
        if !self.numbered {
            self.flush();
        }
        self.numbered = false;
        self.kind = kind;
    }

    /// Keeps the printed number of an ordered item; a bullet is markup.
    fn number(&mut self, start: usize) {
        let rest = self.writer.source.get(start..).unwrap_or("");
        // The parser counts the indentation of an empty item in.
        let indent = rest.len() - rest.trim_start_matches(' ').len();
        let (start, rest) = (start + indent, rest.get(indent..).unwrap_or(""));
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            // Five spaces and more start code, whose own text they are but for the first (spec 0.31, 5.2, rule 2).
            let gap = rest.get(digits + 1..).map_or(0, |r| r.len() - r.trim_start_matches(' ').len());
            let gap = if gap > 4 { 1 } else { gap };
            self.inline.push((start, Inline::Copy(start..start + digits + 1 + gap)));
            self.numbered = true;
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.numbered = false;
        let raw = self.writer.source.get(range.clone()).unwrap_or("");
        if raw != text {
            // Code with its back-ticks, or a character reference.
            let piece = match raw.find(text) {
                _ if raw.starts_with('&') && raw.ends_with(';') => Inline::Decoded(text.into(), range.clone()),
                Some(at) if !text.is_empty() => Inline::Copy(range.start + at..range.start + at + text.len()),
                _ => Inline::Copy(range.clone()),
            };
            self.inline.push((range.start, piece));
            return;
        }
        let mut at = range.start;
        while let Some(rest) = self.writer.source.get(at..range.end).filter(|r| !r.is_empty()) {
            let length = rest.find(['*', '\n', '_']).unwrap_or(rest.len());
            if length > 0 {
                self.inline.push((at, Inline::Copy(at..at + length)));
                at += length;
                continue;
            }
            let next = match rest.as_bytes() {
                [b'*', ..] => (Inline::Stars(at..at + 1, false), 1),
                [b'\n', ..] => (Inline::Break(true), 1),
                // Of two underscores the first stands for both, as they may come one by one.
                _ if self.underlined(at) && self.writer.source.as_bytes().get(at + 1) == Some(&b'_') => {
                    (Inline::Stars(at..at + 2, false), 2)
                }
                _ if self.underlined(at) => {
                    at += 1;
                    continue;
                }
                _ => (Inline::Copy(at..at + 1), 1),
            };
            self.inline.push((at, next.0));
            at += next.1;
        }
    }

    /// Whether the `_` at a place is one of two; in names such as `READ_PHONE_STATE` and lines to be filled in it is text.
    fn underlined(&self, at: usize) -> bool {
        let (before, after) = (self.writer.source.get(..at).unwrap_or(""), self.writer.source.get(at..).unwrap_or(""));
        // Three are too many already.
        let head = before.bytes().rev().take(3).take_while(|b| *b == b'_').count();
        let tail = after.bytes().take(3).take_while(|b| *b == b'_').count();
        let word = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let outside = before.len().checked_sub(head + 1).and_then(|i| before.as_bytes().get(i));
        head + tail == 2 && !(word(outside) && word(after.as_bytes().get(tail)))
    }

    /// Notes both halves of a pair that the parser found; what stands between comes as events of its own.
    fn pair(&mut self, range: &Range<usize>, width: usize) {
        for half in [range.start..range.start + width, range.end - width..range.end] {
            if width == 2 || self.writer.source.as_bytes().get(half.start) == Some(&b'*') {
                self.inline.push((half.start, Inline::Stars(half.clone(), width == 1)));
            }
            self.writer.markup(half);
        }
    }

    fn flush(&mut self) {
        let inline = std::mem::take(&mut self.inline);
        self.numbered = false;
        let kind = std::mem::replace(&mut self.kind, Kind::Paragraph);
        if !inline.is_empty() {
            self.writer.begin(kind);
            self.write(inline, Some(kind));
            self.writer.end();
        }
    }

    /// A row that goes on in the next line lacks its last bar, and the next line lacks its first one.
    fn start_row(&mut self, raw: &str) {
        if !self.cells.is_empty() && raw.trim_start().starts_with('|') {
            self.row(false);
        }
        if let Some(last) = self.cells.last_mut() {
            let at = last.last().map_or(0, |l| l.0);
            last.push((at, Inline::Break(false)));
        }
    }

    fn end_head(&mut self, raw: &str) {
        let raw = raw.trim();
        self.piped = raw.starts_with('|') && raw.ends_with('|') && raw.len() > 1;
        self.columns = self.cells.len();
        self.row(true);
    }

    /// Cells beyond the header's, which GFM drops (spec 0.29, 4.10): a reader of policies must not.
    fn more_cells(&mut self, end: usize) {
        let rest = self.writer.source.get(self.cell_end..end).unwrap_or("");
        let mut at = end - rest.len();
        // The first bar ends the last cell that the parser kept.
        for (n, part) in rest.split('|').enumerate() {
            let cell = part.trim_matches(is_blank);
            let start = at + part.len() - part.trim_start_matches(is_blank).len();
            if !cell.is_empty() {
                self.text(cell, start..start + cell.len());
            }
            if n > 0 {
                let cell = std::mem::take(&mut self.inline);
                self.cells.push(cell);
            }
            at += part.len() + 1;
        }
    }

    fn end_row(&mut self, raw: &str) {
        let raw = raw.trim();
        // The continuation of the row before starts with the rest of that one's last cell.
        if let Some(at) = self.cells.iter().position(|c| matches!(c.last(), Some((_, Inline::Break(false)))))
            && at + 1 < self.cells.len()
        {
            let rest = self.cells.remove(at + 1);
            if let Some(cell) = self.cells.get_mut(at) {
                cell.extend(rest);
            }
        }
        // What the parser added to fill the line is not printed.
        let open = self.piped && !raw.ends_with('|');
        while self.cells.len() > if open { 1 } else { self.columns } && self.cells.last().is_some_and(Vec::is_empty) {
            self.cells.pop();
        }
        if open {
            return;
        }
        self.row(false);
    }

    /// Writes the row that was collected, if there is one.
    fn row(&mut self, head: bool) {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return;
        }
        self.writer.row(head);
        for inline in cells {
            let start = self.writer.cell();
            self.write(inline, None);
            self.writer.end_cell(start);
        }
        self.writer.end_row();
    }

    /// Writes a paragraph's pieces; in a block of some kind a break starts the next one, in a cell it is a space.
    fn write(&mut self, mut inline: Vec<(usize, Inline)>, kind: Option<Kind>) {
        inline.sort_by_key(|(at, piece)| (*at, !matches!(piece, Inline::LinkEnd)));
        let source = self.writer.source;
        let switches = switches(&inline, source);
        let mut bold = Bold { start: None, depth: 0 };
        let mut link: Option<(usize, String)> = None;
        let (mut join, mut line) = (false, false);
        for (i, (_, piece)) in inline.iter().enumerate() {
            if join && matches!(piece, Inline::Copy(_) | Inline::Decoded(..)) {
                // A wrapped line: Latin words were parted by the break, ideographs were not.
                if self.writer.last().is_some_and(|c| c.is_ascii()) {
                    self.writer.space();
                }
                join = false;
            }
            match piece {
                Inline::Copy(range) => {
                    let mut range = range.clone();
                    if self.writer.is_fresh() {
                        range.start += escape(source, &range);
                    }
                    let text = source.get(range.clone()).unwrap_or("");
                    if text.ends_with('\\') && matches!(inline.get(i + 1), Some((_, Inline::Stars(..)))) {
                        range.end -= 1;
                    }
                    self.writer.copy(range);
                }
                Inline::Decoded(text, range) => self.writer.decode(text, range.clone()),
                Inline::Break(hard) => {
                    // Bold that goes on in mid-sentence shows a wrapped line.
                    let goes_on = bold.start.is_some() && !line && !self.writer.last().is_some_and(is_terminal);
                    match kind {
                        Some(kind) if *hard || !self.wrapped && !goes_on => {
                            bold.pause(self.writer);
                            if std::mem::take(&mut line) {
                                bold.depth = 0;
                            }
                            self.writer.begin(if matches!(kind, Kind::Heading(_)) { Kind::Paragraph } else { kind });
                            bold.resume(self.writer);
                        }
                        None if *hard => self.writer.space(),
                        _ => join = true,
                    }
                }
                Inline::Bold(on) => bold.switch(*on, self.writer),
                Inline::Stars(range, pair) => match switches.get(i).copied().flatten() {
                    Some(Switch::On) => bold.switch(true, self.writer),
                    Some(Switch::Line) => {
                        bold.switch(true, self.writer);
                        line = true;
                    }
                    Some(Switch::Off) => bold.switch(false, self.writer),
                    Some(Switch::Drop) => {}
                    None if *pair => {}
                    None => self.writer.copy(range.clone()),
                },
                Inline::LinkStart(target) => link = Some((self.writer.at(), target.clone())),
                Inline::LinkEnd => {
                    if let Some((start, target)) = link.take() {
                        self.writer.link(start, &target);
                    }
                }
            }
        }
        bold.pause(self.writer);
    }
}

/// Whether bold is on: how often it was switched on, and since where.
struct Bold {
    start: Option<usize>,
    depth: u32,
}

impl Bold {
    fn switch(&mut self, on: bool, writer: &mut Writer<'_>) {
        self.depth = if on { self.depth + 1 } else { self.depth.saturating_sub(1) };
        if self.depth == 0 {
            self.pause(writer);
        } else {
            self.resume(writer);
        }
    }

    fn pause(&mut self, writer: &mut Writer<'_>) {
        if let Some(start) = self.start.take() {
            writer.bold(start);
        }
    }

    fn resume(&mut self, writer: &Writer<'_>) {
        if self.depth > 0 && self.start.is_none() {
            self.start = Some(writer.at());
        }
    }
}

/// The backslash before a number at the start of a line (`\1.`): CommonMark leaves it, editors put it there.
fn escape(source: &str, range: &Range<usize>) -> usize {
    let text = source.get(range.clone()).unwrap_or("");
    let lead = text.len() - text.trim_start_matches(is_blank).len();
    match text.get(lead..).and_then(|t| t.strip_prefix('\\')) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => lead + 1,
        _ => 0,
    }
}

/// What each piece does to bold: `None` for one that is no part of a run of two or more signs.
fn switches(inline: &[(usize, Inline)], source: &str) -> Vec<Option<Switch>> {
    let mut out = vec![None; inline.len()];
    let mut lines: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
    let mut opening: Option<usize> = None;
    let digit = |at: Option<char>| at.is_some_and(|c| c.is_ascii_digit());
    let mut i = 0;
    while i < inline.len() {
        match inline.get(i) {
            Some((_, Inline::Break(_))) => {
                lines.push(Vec::new());
                opening = None;
            }
            // `__` is text where no other one stands in its line.
            Some((_, Inline::Stars(range, _))) if source.as_bytes().get(range.start) == Some(&b'_') => {
                match opening.take() {
                    Some(first) => {
                        for (at, switch) in [(first, Switch::On), (i, Switch::Off)] {
                            if let Some(slot) = out.get_mut(at) {
                                *slot = Some(switch);
                            }
                        }
                    }
                    None => opening = Some(i),
                }
            }
            Some((_, Inline::Stars(range, _))) => {
                let (first, mut count, mut end) = (i, range.len(), range.end);
                // A run goes on over escapes: `\**`, `*\*`.
                loop {
                    let next = match (inline.get(i + 1), inline.get(i + 2)) {
                        (Some((_, Inline::Stars(r, _))), _) => Some((i + 1, r)),
                        (Some((_, Inline::Copy(c))), Some((_, Inline::Stars(r, _))))
                            if source.get(c.clone()) == Some("\\") =>
                        {
                            Some((i + 2, r))
                        }
                        _ => None,
                    };
                    let stars = |r: &Range<usize>| source.as_bytes().get(r.start) == Some(&b'*');
                    let adjoins = |r: &Range<usize>| {
                        stars(r) && source.get(end..r.start).is_some_and(|gap| gap.bytes().all(|b| b == b'\\'))
                    };
                    let Some((j, r)) = next.filter(|(_, r)| adjoins(r)) else { break };
                    count += r.len();
                    end = r.end;
                    i = j;
                }
                let before = source.get(..range.start).and_then(|t| t.chars().next_back());
                let after = source.get(end..).and_then(|t| t.chars().next());
                let masks = count > 2 && digit(before) && digit(after);
                if count > 1 && !masks {
                    for slot in out.iter_mut().take(i + 1).skip(first) {
                        *slot = Some(Switch::Drop);
                    }
                    if let Some(line) = lines.last_mut() {
                        line.push((first, count));
                    }
                }
            }
            _ => {}
        }
        i += 1;
    }
    // A line whose runs do not pair up may be paired with a later such line: bold across lines.
    let odd: Vec<bool> = lines
        .iter()
        .map(|l| l.iter().enumerate().fold(false, |on, (k, run)| step(on, run.1, l.len() - k - 1)))
        .collect();
    let last = odd.iter().rposition(|odd| *odd);
    let mut on = false;
    for (n, line) in lines.iter().enumerate() {
        let later = last.is_some_and(|last| last > n);
        for (k, (at, count)) in line.iter().enumerate() {
            let rest = line.len() - k - 1;
            let next = step(on, *count, rest);
            let switch = match (on, next) {
                (false, true) if rest > 0 || later => Switch::On,
                (false, true) if starts_line(inline, *at) => Switch::Line,
                (true, false) => Switch::Off,
                _ => Switch::Drop,
            };
            on = if matches!(switch, Switch::On | Switch::Off) { next } else { on };
            if let Some(slot) = out.get_mut(*at) {
                *slot = Some(switch);
            }
        }
    }
    out
}

/// Whether bold is on after a run of `count` stars with `rest` runs to come in the line. Four stars between two bold
/// phrases close one and open the next.
fn step(on: bool, count: usize, rest: usize) -> bool {
    !on || count >= 4 && rest % 2 == 1
}

fn starts_line(inline: &[(usize, Inline)], at: usize) -> bool {
    at == 0 || matches!(inline.get(at - 1), Some((_, Inline::Break(_))))
}
