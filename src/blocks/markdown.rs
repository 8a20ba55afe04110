//! Markdown → blocks: pulldown-cmark for structure, our own pairing of `**`.
//!
//! CommonMark's flanking rule (spec 0.31, 6.2; commonmark-spec issue 650) forbids `**` to close after punctuation when a
//! letter follows, and Chinese puts no space there: `**x。**y` stays literal in every conforming parser. Here a run of two
//! or more `*` switches bold on and off wherever it stands, escaped or not (`\**x\**`), doubled (`****x**`) or with white
//! space inside (`** x**`); no such run reaches the reader as text. Paragraphs are lines, unless the text was wrapped.

mod bars;
mod bold;
mod pieces;

use super::{Kind, Writer, html, plain};
use crate::numbering::{self, Kind as Number};
use crate::text::{Span, count, first, has, is_blank, is_terminal, last, part, trim, trim_end, trim_start};
use bars::{Segment, segments};
use bold::{Bold, Switch, switches};
use pieces::{Definitions, LONGEST, Piece, Pieces, parse};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// What a character reference stands for: the parser holds HTML's table of names for its own use, and one event decodes
/// one reference.
pub(in crate::blocks) fn decode(reference: &str) -> Option<String> {
    for (event, _) in parse(reference, &Definitions::default()).into_offset_iter() {
        if let Event::Text(text) = event {
            return Some(text.to_string());
        }
    }
    None
}

/// How many signs of Markdown a source holds: headings, `**`, table rules, links, escaped numbers.
#[must_use]
pub fn signs(source: &str) -> usize {
    let mut count = 0;
    for line in source.lines() {
        let line = trim(line);
        let rest = trim_start(line, |c| c == '#');
        if (1..=6).contains(&(line.len() - rest.len())) && first(rest) == ' ' {
            count += 3;
        }
        // The rule below a table's header.
        let rule = line.contains("--") && line.contains('|');
        if rule && !has(line, |c| !matches!(c, '-' | '|' | ':' | ' ')) {
            count += 30;
        }
        let mut before = b' ';
        for (i, b) in line.bytes().enumerate() {
            match (before, b) {
                (b'*', b'*') => {
                    count += 1;
                    before = b' ';
                    continue;
                }
                (b']', b'(') => count += 2,
                (b'\\', b'0'..=b'9') if i == 1 => count += 1,
                // Only an exporter escapes the point of a number: `1\.`
                (b'\\', b'.' | b')') if (2..5).contains(&i) && first(line).is_ascii_digit() => count += 10,
                _ => {}
            }
            before = b;
        }
    }
    count
}

/// Reads the writer's whole source.
pub fn read(writer: &mut Writer<'_>) {
    read_by(writer, LONGEST);
}

/// Reads the writer's whole source in pieces of so many bytes.
fn read_by(writer: &mut Writer<'_>, longest: usize) {
    let source = writer.source;
    let wrapped = is_wrapped(source);
    let mut reader = Reader {
        writer,
        wrapped,
        kind: Kind::Paragraph,
        inline: Vec::new(),
        texts: Vec::new(),
        numbered: false,
        depth: 0,
        cells: Vec::new(),
        cell_end: 0,
        piped: false,
        columns: 0,
        reached: 0,
        torn: false,
    };
    let segments = segments(source);
    let definitions = Pieces::new(source, 0..source.len(), longest).definitions(segments.len() > 1);
    for segment in segments {
        match segment {
            Segment::Text(range) => {
                for piece in Pieces::new(source, range, longest) {
                    reader.read(&piece, &definitions);
                }
            }
            Segment::Table(range, rows) => reader.torn(&range, &rows, &definitions),
        }
    }
    reader.reach(source.len(), source.len());
}

/// Whether single line breaks are wraps: most lines stop in the middle of a sentence.
fn is_wrapped(source: &str) -> bool {
    let (mut breaks, mut ends) = (0usize, 0usize);
    let mut line = "";
    for next in source.lines() {
        let next = trim(next);
        let before = std::mem::replace(&mut line, next);
        if before.is_empty()
            || next.is_empty()
            || matches!(first(before), '|' | '#')
            || matches!(first(next), '|' | '#' | '-' | '*')
        {
            continue;
        }
        breaks += 1;
        ends += usize::from(plain::ends(trim_end(before, |c| c == '*')) || count(before) < 25);
        ends += usize::from(crate::numbering::parse(next).is_some());
    }
    breaks >= 8 && ends * 10 < breaks * 3
}

/// A piece of a paragraph; texts are indices of those that the reader keeps.
#[derive(Clone, Copy, Debug)]
enum Inline {
    /// Characters that stand in the source as they are.
    Copy(Span),
    /// A character reference.
    Decoded(usize, Span),
    /// A line break; `true` where the author asked for one.
    Break(bool),
    /// `*` or `__`: literal, or half of a pair.
    Stars(Span),
    /// Half of a pair of single ones, which is emphasis.
    Half(Span),
    /// A tag that switches bold on or off.
    Bold(bool),
    LinkStart(usize),
    LinkEnd,
}

struct Reader<'w, 's> {
    writer: &'w mut Writer<'s>,
    wrapped: bool,
    kind: Kind,
    inline: Vec<Inline>,
    /// Decoded characters and links' targets.
    texts: Vec<String>,
    /// Only the number of a list item has been read: it waits for the item's first paragraph.
    numbered: bool,
    depth: u8,
    /// Cells of a table row that waits for the rest of it.
    cells: Vec<Vec<Inline>>,
    /// Where the last cell ends in the source.
    cell_end: usize,
    /// The table's rows start and end with a bar.
    piped: bool,
    columns: usize,
    /// Where the last event ends in the source.
    reached: usize,
    /// A cell of a torn table is being read: what would be its blocks are parts of it.
    torn: bool,
}

impl Reader<'_, '_> {
    /// Reads what the parser finds in a piece.
    fn read(&mut self, piece: &Piece<'_>, definitions: &Definitions) {
        let source = self.writer.source;
        for (event, range) in parse(&piece.text, definitions).into_offset_iter() {
            if range.start < piece.read && !matches!(event, Event::End(TagEnd::Table)) {
                continue;
            }
            let range = range.start + piece.offset..range.end + piece.offset;
            match event {
                Event::Start(_) => self.reach(range.start, range.start),
                Event::End(_) => self.reach(range.end, range.end),
                _ => self.reach(range.start, range.end),
            }
            match event {
                Event::Start(Tag::Table(_)) => {
                    self.flush();
                    self.writer.table();
                }
                Event::Start(Tag::TableRow) => self.start_row(part(source, range.start, range.end)),
                Event::End(TagEnd::TableCell) => {
                    let cell = std::mem::take(&mut self.inline);
                    self.cells.push(cell);
                    self.cell_end = range.end;
                }
                Event::End(TagEnd::TableHead) => self.end_head(part(source, range.start, range.end)),
                Event::End(TagEnd::TableRow) => {
                    self.more_cells(range.end);
                    self.end_row(part(source, range.start, range.end));
                }
                Event::End(TagEnd::Table) => self.row(false),
                Event::Start(Tag::Heading { level, .. }) => self.open(Kind::Heading(level as u8)),
                Event::Start(Tag::Paragraph) => self.open(self.body()),
                Event::Start(Tag::CodeBlock(kind)) => {
                    if matches!(kind, CodeBlockKind::Fenced(_)) {
                        self.writer.markup(range.clone());
                    }
                    self.open(self.body());
                }
                Event::Start(Tag::List(_)) => {
                    self.flush();
                    self.depth = self.depth.saturating_add(1);
                }
                Event::End(TagEnd::List(_)) => {
                    self.flush();
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Start(Tag::Item) => {
                    self.open(self.body());
                    self.number(range.start);
                }
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Item) => self.flush(),
                Event::Start(Tag::HtmlBlock) => {
                    self.flush();
                    html::read_block(self.writer, range);
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    self.writer.markup(range.clone());
                    let target = self.keep(&dest_url);
                    self.inline.push(Inline::LinkStart(target));
                }
                Event::End(TagEnd::Link) => self.inline.push(Inline::LinkEnd),
                Event::Start(Tag::Image { .. }) => self.writer.markup(range),
                Event::Text(text) | Event::Code(text) => self.text(&text, range),
                Event::InlineHtml(tag) if tag.starts_with("<!") || tag.starts_with("<?") || html::is_element(&tag) => {
                    if html::breaks(&tag) {
                        self.inline.push(Inline::Break(true));
                    } else if let Some(on) = html::bold(&tag) {
                        self.inline.push(Inline::Bold(on));
                    }
                    self.writer.markup(range);
                }
                Event::InlineHtml(_) => self.inline.push(Inline::Copy(Span::new(range.start, range.end))),
                Event::SoftBreak => self.inline.push(Inline::Break(false)),
                Event::HardBreak => self.inline.push(Inline::Break(true)),
                Event::Start(Tag::Strong) => self.half(Span::new(range.start, range.start + 2)),
                Event::End(TagEnd::Strong) => self.half(Span::new(range.end - 2, range.end)),
                Event::Start(Tag::Emphasis) => self.half(Span::new(range.start, range.start + 1)),
                Event::End(TagEnd::Emphasis) => self.half(Span::new(range.end - 1, range.end)),
                _ => {}
            }
        }
        self.flush();
    }

    /// Writes a table that was torn: each cell is Markdown of its own.
    fn torn(&mut self, range: &Range<usize>, rows: &[Vec<Range<usize>>], definitions: &Definitions) {
        self.reach(range.start, range.start);
        self.writer.table();
        for (n, row) in rows.iter().enumerate() {
            for cell in row {
                self.torn = true;
                let text = part(self.writer.source, cell.start, cell.end).into();
                self.read(&Piece { text, offset: cell.start, read: 0 }, definitions);
                self.torn = false;
                let mut inline = std::mem::take(&mut self.inline);
                while matches!(inline.last(), Some(Inline::Break(_))) {
                    inline.pop();
                }
                self.cells.push(inline);
            }
            self.row(n == 0);
            self.texts.clear();
        }
        self.reach(range.end, range.end);
    }

    /// Notes what the parser left out before an event: a definition is a link's target that stands apart, and of two with
    /// one label it knows the first alone.
    fn reach(&mut self, start: usize, end: usize) {
        if part(self.writer.source, self.reached, start).contains("]:") {
            self.writer.markup(self.reached..start);
        }
        self.reached = self.reached.max(end);
    }

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

    /// Keeps the printed number of an ordered item; a bullet is markup, and so is the number that a converter gave to an
    /// item whose own number stands behind it (`1. **IV. Title**`).
    fn number(&mut self, start: usize) {
        let space: fn(char) -> bool = |c| c == ' ';
        let item = part(self.writer.source, start, self.writer.source.len());
        // The parser counts the indentation of an empty item in.
        let rest = trim_start(item, space);
        let start = start + item.len() - rest.len();
        let after = trim_start(rest, |c| c.is_ascii_digit());
        let digits = rest.len() - after.len();
        if digits > 0 {
            let text = trim_start(part(after, 1, after.len()), space);
            let mark = digits + 1;
            let gap = rest.len() - text.len() - mark;
            let own = numbering::parse(trim_start(text, |c| matches!(c, ' ' | '*' | '_')));
            if own.is_some_and(|m| (Number::Part..=Number::Decimal).contains(&m.kind)) {
                self.writer.markup(start..start + mark + gap);
                return;
            }
            // Five spaces and more start code, whose own text they are but for the first (spec 0.31, 5.2, rule 2).
            self.inline.push(Inline::Copy(Span::new(start, start + mark + if gap > 4 { 1 } else { gap })));
            self.numbered = true;
        }
    }

    fn keep(&mut self, text: &str) -> usize {
        self.texts.push(text.into());
        self.texts.len() - 1
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.numbered = false;
        let source = self.writer.source;
        let raw = part(source, range.start, range.end);
        if raw != text {
            // Code with its back-ticks, or a character reference: at the end of a heading with the blanks behind it.
            let printed = trim_end(raw, is_blank);
            let mut span = Span::new(range.start, range.start + printed.len());
            let piece = if first(printed) == '&' && last(printed) == ';' {
                Inline::Decoded(self.keep(text), span)
            } else {
                if let Some(at) = raw.find(text).filter(|_| !text.is_empty()) {
                    span = Span::new(range.start + at, range.start + at + text.len());
                }
                Inline::Copy(span)
            };
            self.inline.push(piece);
            return;
        }
        let mut at = range.start;
        while at < range.end {
            let rest = part(source, at, range.end);
            let length = crate::text::find(rest, |c| matches!(c, '*' | '\n' | '_')).unwrap_or(rest.len());
            let span = Span::new(at, at + length.max(1));
            let piece = match first(rest) {
                _ if length > 0 => Inline::Copy(span),
                '*' => Inline::Stars(span),
                '\n' => Inline::Break(true),
                _ if self.hugs_bold(at) => {
                    self.writer.markup(at..at + 1);
                    at += 1;
                    continue;
                }
                _ if !self.underlined(at) => Inline::Copy(span),
                // Of two underscores the first stands for both, as they may come one by one.
                _ if source.as_bytes().get(at + 1) == Some(&b'_') => Inline::Stars(Span::new(at, at + 2)),
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.inline.push(piece);
            at = span.end();
        }
    }

    /// Whether the `_` at a place stands around bold, with a blank too many (`_ **so**_`).
    fn hugs_bold(&self, at: usize) -> bool {
        let byte = |at: usize| self.writer.source.as_bytes().get(at).copied().unwrap_or(0);
        let before = at.checked_sub(1).map_or(0, byte);
        let after = byte(at + 1);
        before != b'_' && after != b'_' && (before == b'*' || after == b' ' && byte(at + 2) == b'*')
    }

    /// Whether the `_` at a place is one of two; in names such as `READ_PHONE_STATE` and lines to be filled in it is text.
    fn underlined(&self, at: usize) -> bool {
        let bytes = self.writer.source.as_bytes();
        let word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let (mut from, mut to) = (at, at);
        // Three are too many already.
        while from + 3 > at && from > 0 && bytes.get(from - 1) == Some(&b'_') {
            from -= 1;
        }
        while to < at + 3 && bytes.get(to) == Some(&b'_') {
            to += 1;
        }
        to - from == 2 && !(from > 0 && word(from - 1) && word(to))
    }

    /// Notes one half of a pair that the parser found.
    fn half(&mut self, span: Span) {
        let double = span.end() - span.start() == 2;
        if double || self.writer.source.as_bytes().get(span.start()) == Some(&b'*') {
            self.inline.push(if double { Inline::Stars(span) } else { Inline::Half(span) });
        }
        self.writer.markup(span.start()..span.end());
    }

    fn flush(&mut self) {
        if self.torn {
            if !self.inline.is_empty() {
                self.inline.push(Inline::Break(true));
            }
            return;
        }
        let inline = std::mem::take(&mut self.inline);
        self.numbered = false;
        let kind = std::mem::replace(&mut self.kind, Kind::Paragraph);
        if !inline.is_empty() {
            self.writer.begin(kind);
            self.write(&inline, Some(kind));
            self.writer.end();
            self.texts.clear();
        }
    }

    /// A row that goes on in the next line lacks its last bar, and the next line lacks its first one.
    fn start_row(&mut self, raw: &str) {
        if !self.cells.is_empty() && first(trim(raw)) == '|' {
            self.row(false);
        }
        if let Some(last) = self.cells.last_mut() {
            last.push(Inline::Break(false));
        }
    }

    fn end_head(&mut self, raw: &str) {
        let raw = trim(raw);
        self.piped = first(raw) == '|' && last(raw) == '|' && raw.len() > 1;
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
        // The continuation of the row before starts with the rest of that one's last cell.
        let torn = |c: &Vec<Inline>| matches!(c.last(), Some(Inline::Break(false)));
        if let Some(at) = self.cells.iter().position(torn)
            && at + 1 < self.cells.len()
        {
            let rest = self.cells.remove(at + 1);
            if let Some(cell) = self.cells.get_mut(at) {
                cell.extend_from_slice(&rest);
            }
        }
        // What the parser added to fill the line is not printed.
        let open = self.piped && last(trim(raw)) != '|';
        while self.cells.len() > if open { 1 } else { self.columns } && self.cells.last().is_some_and(Vec::is_empty) {
            self.cells.pop();
        }
        if !open {
            self.row(false);
        }
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
            self.write(&inline, None);
            self.writer.end_cell(start);
        }
        self.writer.end_row();
    }

    /// Whether a piece stands at the very start of a line of the source.
    fn starts_line(&self, piece: &Inline) -> bool {
        let (Inline::Copy(span) | Inline::Decoded(_, span) | Inline::Stars(span) | Inline::Half(span)) = piece else {
            return false;
        };
        let before = span.start().checked_sub(1).and_then(|at| self.writer.source.as_bytes().get(at));
        before.is_none_or(|b| *b == b'\n')
    }

    /// Writes a paragraph's pieces; in a block of some kind a break starts the next one, in a cell it is a space.
    fn write(&mut self, inline: &[Inline], kind: Option<Kind>) {
        let source = self.writer.source;
        let switches = switches(inline, source);
        let mut bold = Bold::default();
        let mut link: Option<(usize, usize)> = None;
        let (mut join, mut line) = (false, false);
        for (i, piece) in inline.iter().enumerate() {
            if join && matches!(piece, Inline::Copy(_) | Inline::Decoded(..)) {
                // A wrapped line: Latin words were parted by the break, ideographs were not.
                if self.writer.last().is_some_and(|c| c.is_ascii()) {
                    self.writer.space();
                }
                join = false;
            }
            match piece {
                Inline::Copy(span) => {
                    let (mut start, mut end) = (span.start(), span.end());
                    if self.writer.is_fresh() {
                        start += escape(part(source, start, end));
                    }
                    let starred = matches!(inline.get(i + 1), Some(Inline::Stars(_) | Inline::Half(_)));
                    if starred && part(source, start, end).ends_with('\\') {
                        end -= 1;
                    }
                    self.writer.copy(start..end);
                }
                Inline::Decoded(text, span) => {
                    let text = self.texts.get(*text).map_or("", String::as_str);
                    self.writer.decode(text, span.start()..span.end());
                }
                Inline::Break(hard) => {
                    // Bold that goes on in mid-sentence shows a wrapped line.
                    let goes_on = bold.start.is_some() && !line && !self.writer.last().is_some_and(is_terminal);
                    match kind {
                        Some(kind) if *hard || !self.wrapped && !goes_on => {
                            bold.pause(self.writer);
                            if std::mem::take(&mut line) {
                                bold.depth = 0;
                            }
                            // A line that is not set in goes on with an item for the parser alone.
                            let out = matches!(kind, Kind::Heading(_))
                                || inline.get(i + 1).is_some_and(|p| self.starts_line(p));
                            self.writer.begin(if out { Kind::Paragraph } else { kind });
                            bold.resume(self.writer);
                        }
                        None if *hard => self.writer.space(),
                        _ => join = true,
                    }
                }
                Inline::Bold(on) => bold.switch(*on, self.writer),
                Inline::Stars(span) | Inline::Half(span) => match switches.get(i).copied().unwrap_or(Switch::None) {
                    Switch::On => bold.switch(true, self.writer),
                    Switch::Line => {
                        bold.switch(true, self.writer);
                        line = true;
                    }
                    Switch::Off => bold.switch(false, self.writer),
                    Switch::None if matches!(piece, Inline::Stars(_)) => self.writer.copy(span.start()..span.end()),
                    Switch::None | Switch::Drop => {}
                },
                Inline::LinkStart(target) => link = Some((self.writer.at(), *target)),
                Inline::LinkEnd => {
                    if let Some((start, target)) = link.take() {
                        self.writer.link(start, self.texts.get(target).map_or("", String::as_str));
                    }
                }
            }
        }
        bold.pause(self.writer);
    }
}

/// The backslash before a number at the start of a line (`\1.`): CommonMark leaves it, editors put it there. Bytes up to
/// the number.
fn escape(text: &str) -> usize {
    let rest = trim_start(text, is_blank);
    let number = rest.strip_prefix('\\').is_some_and(|r| first(r).is_ascii_digit());
    if number { text.len() - rest.len() + 1 } else { 0 }
}
