//! HTML → blocks: headings, paragraphs, lists, tables with spans, bold by tag or style, page chrome by tag.
//!
//! A tokenizer of the few states that matter for text (WHATWG HTML, 13.2.5): tags with quoted attributes, comments, raw
//! text elements. Broken markup never loses text: what is no tag is text. Nothing here builds elements; what comes out is
//! characters, so that no script of a policy can run. (html5gum costs 38 KiB of Brotli, html5ever 125.)

mod chrome;
mod elements;
mod looks;
mod sheet;
mod table;
mod tags;

use super::{Kind, Writer};
use crate::text::{Numbers, first, hash, is_blank, is_word, part, trim, trim_start};
use chrome::{Chrome, Suspect};
use elements::{BLOCKS, IMPLIED, KEPT, RAW, SILENT, VOID, is_own_block};
pub use elements::{bold, breaks, is_element, is_lines, is_page, tags};
use looks::Looks;
use sheet::Sheet;
use std::ops::Range;
use table::{Grid, Open};
use tags::{attribute, bold_style, decode, find_end_tag, font_size, name, reference, tag_length};

/// Elements below this depth become siblings, as in browsers (Blink: 512): searches of the stack stay short.
const DEPTH: usize = 512;

/// Reads the writer's whole source.
pub fn read(writer: &mut Writer<'_>) {
    let range = 0..writer.source.len();
    let (suspects, looks) = read_range(writer, range, false);
    let (text, blocks) = writer.blocks();
    chrome::settle(&suspects, text, blocks);
    looks.settle(text, blocks);
}

/// Reads a block of HTML in Markdown, where words in angle brackets that HTML does not know are text.
pub fn read_block(writer: &mut Writer<'_>, range: Range<usize>) {
    read_range(writer, range, true);
}

fn read_range(writer: &mut Writer<'_>, range: Range<usize>, known_only: bool) -> (Vec<Suspect>, Looks) {
    let end = range.end;
    let source = part(writer.source, range.start, range.end);
    let layouts = table::layouts(source);
    let sheet = if known_only { Sheet::default() } else { Sheet::read(source) };
    let kept = usize::from(!known_only && is_lines(source));
    let mut reader = Reader {
        writer,
        start: range.start,
        end,
        known_only,
        open: Vec::new(),
        names: Numbers::default(),
        tables: Vec::new(),
        layouts,
        sheet,
        pre: kept,
        comments_end: true,
        bold: None,
        suspects: Vec::new(),
        looks: Looks::default(),
    };
    let mut at = range.start;
    while at < end {
        at = reader.step(at);
    }
    while let Some(name) = reader.open.last().map(|e| e.name.clone()) {
        reader.close(&name);
    }
    reader.writer.end();
    (reader.suspects, reader.looks)
}

struct Element {
    name: String,
    block: bool,
    /// It is chrome wherever it stands, or stands in such an element.
    noise: bool,
    /// Among the suspects.
    suspect: Option<usize>,
    bold: bool,
    link: Option<(usize, String)>,
    heading: Option<u8>,
    /// Hundredths of a pixel.
    size: u32,
    /// Its lines are lines.
    kept: bool,
    /// The innermost block's tag and classes, hashed.
    look: u64,
    /// The level of a heading that a class names.
    level: Option<u8>,
}

struct Reader<'w, 's> {
    writer: &'w mut Writer<'s>,
    /// The range that is read.
    start: usize,
    end: usize,
    /// A tag that HTML does not know is text.
    known_only: bool,
    open: Vec<Element>,
    /// How many open elements have a name.
    names: Numbers,
    tables: Vec<Open>,
    /// Where tables start that only lay out, from `start` on.
    layouts: Vec<usize>,
    sheet: Sheet,
    /// Open elements whose lines are lines.
    pre: usize,
    /// No `-->` has been looked for in vain yet.
    comments_end: bool,
    /// Where the open bold starts.
    bold: Option<usize>,
    suspects: Vec<Suspect>,
    looks: Looks,
}

impl<'s> Reader<'_, 's> {
    fn rest(&self, at: usize) -> &'s str {
        part(self.writer.source, at, self.end)
    }

    /// Reads one token at `at`; returns where the next one starts.
    fn step(&mut self, at: usize) -> usize {
        let rest = self.rest(at);
        if let Some(after) = rest.strip_prefix('<') {
            if after.starts_with("!--") {
                let length = self.comment_length(part(after, 3, after.len()));
                return self.skip(at, length);
            }
            if after.starts_with("![CDATA[") {
                return self.skip(at, 9);
            }
            if matches!(first(after), '!' | '?') {
                let end = crate::text::find(after, |c| matches!(c, '<' | '>')).unwrap_or(0);
                let closed = first(part(after, end, after.len())) == '>';
                return self.skip(at, if closed { end + 2 } else { 2 });
            }
            let closing = first(after) == '/';
            if first(part(after, usize::from(closing), after.len())).is_ascii_alphabetic() {
                return self.tag(at, closing);
            }
        }
        let skip = first(rest).len_utf8();
        let length = part(rest, skip, rest.len()).find('<').map_or(rest.len(), |i| i + skip);
        self.text(at..at + length);
        at + length
    }

    /// The length of a comment from `<!--` on, of which `inner` is what follows. One that nothing closes would hide the rest
    /// of the policy: its opening alone counts.
    fn comment_length(&mut self, inner: &str) -> usize {
        // `<!-->` and `<!--->` are empty comments.
        if inner.starts_with('>') || inner.starts_with("->") {
            return 4 + inner.find('>').map_or(0, |i| i + 1);
        }
        if self.comments_end {
            let mut at = 0;
            // `-->`, or `--!>` by mistake.
            while let Some(i) = part(inner, at, inner.len()).find("--") {
                at += i + 2;
                let end = part(inner, at, inner.len());
                let mark = usize::from(end.starts_with('!'));
                if end.as_bytes().get(mark) == Some(&b'>') {
                    return 4 + at + mark + 1;
                }
                at -= 1;
            }
            self.comments_end = false;
        }
        4
    }

    fn skip(&mut self, at: usize, length: usize) -> usize {
        self.writer.markup(at..at + length);
        at + length
    }

    fn tag(&mut self, at: usize, closing: bool) -> usize {
        let rest = self.rest(at);
        let Some(length) = tag_length(rest).filter(|_| !self.known_only || is_element(rest)) else {
            // Unclosed at the end of the source: HTML drops it, a reader of policies must not.
            self.text(at..at + 1);
            return at + 1;
        };
        let tag = part(rest, 0, length);
        let name = name(tag.trim_start_matches(['<', '/']));
        self.writer.markup(at..at + length);
        if closing {
            self.close(&name);
            return at + length;
        }
        self.start(&name, tag, at);
        let after = at + length;
        if !is_word(RAW, &name) {
            return after;
        }
        let body = self.rest(after);
        let inner = find_end_tag(body, &name).unwrap_or(body.len());
        if is_word(SILENT, &name) {
            self.writer.markup(after..after + inner);
        } else {
            self.text(after..after + inner);
        }
        after + inner
    }

    fn start(&mut self, name: &str, tag: &str, at: usize) {
        match name {
            "br" if self.in_cell() => self.writer.space(),
            // A title set over two lines is one title.
            "br" if self.heading().is_some() => {
                if self.writer.last().is_some_and(|c| c.is_ascii()) {
                    self.writer.space();
                }
            }
            "br" => {
                self.writer.end();
                self.begin();
            }
            "img" | "area" | "input" => {
                if let Some((alt, range)) = attribute(tag, "alt") {
                    let inner = alt.trim_start_matches(is_blank);
                    self.begin_if_closed();
                    self.writer.decode(&decode(inner), at + range.end - inner.len()..at + range.end);
                }
            }
            "hr" => self.writer.end(),
            _ if is_word(VOID, name) => {}
            _ => self.open_element(name, tag, at),
        }
    }

    fn open_element(&mut self, name: &str, tag: &str, at: usize) {
        for (names, closed, bounds) in IMPLIED {
            if is_word(names, name) {
                self.close_within(closed, bounds);
            }
        }
        if self.open.len() >= DEPTH
            && let Some(top) = self.open.last().map(|e| e.name.clone())
        {
            self.close(&top);
        }
        let noisy = self.is_noise();
        // In navigation every link is a line, and elements of an author's own are the parts of a page.
        let block = is_word(BLOCKS, name) || name == "a" && noisy || is_own_block(name);
        let style = self.sheet.style(name, tag);
        let heading = match name.as_bytes() {
            [b'h', n @ b'1'..=b'6'] => Some(n - b'0'),
            // What is folded has its heading.
            b"summary" => Some(3),
            _ => None,
        };
        let in_article = self.is_open("article") || name == "header" && self.is_open("main");
        let chrome = chrome::chrome(name, tag, block, in_article, self.heading().is_some());
        let kept = is_word(KEPT, name) || tags::keeps_lines(&style);
        self.pre += usize::from(kept);
        let parent = self.open.last();
        let size = font_size(name, tag, &style, parent.map_or(1600, |e| e.size));
        let bold =
            bold_style(&style).unwrap_or_else(|| matches!(name, "b" | "strong") || parent.is_some_and(|e| e.bold));
        self.names.add(hash(name), 1);
        let noise = noisy || chrome == Chrome::Always;
        let classes = attribute(tag, "class").map_or("", |(c, _)| c);
        let look = if block { hash(classes) ^ hash(name) } else { parent.map_or(0, |e| e.look) };
        let level = if block { looks::level(classes) } else { None };
        let level = level.or_else(|| parent.and_then(|e| e.level));
        let name: String = name.into();
        self.open.push(Element {
            name: name.clone(),
            block,
            noise,
            suspect: None,
            bold,
            link: None,
            heading,
            size,
            kept,
            look,
            level,
        });
        let name = name.as_str();
        if block {
            if is_word("td th tr table thead tbody tfoot", name) {
                self.table_start(name, tag, at);
            } else {
                self.part();
            }
        }
        if matches!(chrome, Chrome::Tag | Chrome::Name | Chrome::Shut) && !noise {
            if !self.in_cell() {
                self.writer.end();
            }
            let from = self.writer.blocks().1.len();
            self.suspects.push(Suspect { how: chrome, from, to: from });
            let suspect = self.suspects.len() - 1;
            if let Some(element) = self.open.last_mut() {
                element.suspect = Some(suspect);
            }
        }
        let href = if name == "a" { attribute(tag, "href").map(|(h, _)| decode(h)) } else { None };
        if bold && self.bold.is_none() || href.is_some() {
            self.begin_if_closed();
        }
        let here = self.writer.at();
        if let Some(element) = self.open.last_mut() {
            element.link = href.map(|h| (here, h));
        }
        self.weigh();
    }

    /// What stands before and after a block is parted: by white space in a cell, elsewhere by a new block.
    fn part(&mut self) {
        if self.in_cell() {
            self.writer.space();
        } else {
            self.writer.end();
        }
    }

    /// Starts or ends bold where the innermost element says otherwise than before.
    fn weigh(&mut self) {
        let on = self.open.last().is_some_and(|e| e.bold);
        match self.bold {
            None if on => self.bold = Some(self.writer.at()),
            Some(start) if !on => {
                self.writer.bold(start);
                self.bold = None;
            }
            _ => {}
        }
    }

    /// The level of the heading that is open.
    fn heading(&self) -> Option<u8> {
        self.open.iter().rev().take_while(|e| !matches!(e.name.as_str(), "li" | "td")).find_map(|e| e.heading)
    }

    fn is_noise(&self) -> bool {
        self.open.last().is_some_and(|e| e.noise)
    }

    fn in_cell(&self) -> bool {
        match self.tables.last() {
            Some(Open::Grid(grid)) => grid.cell.is_some(),
            Some(Open::Inner) => true,
            _ => false,
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.names.get(hash(name)).is_some_and(|n| n > 0)
    }

    fn close_within(&mut self, name: &str, bounds: &str) {
        if !self.is_open(name) {
            return;
        }
        for element in self.open.iter().rev() {
            if element.name == name {
                self.close(name);
                return;
            }
            if is_word(bounds, &element.name) {
                return;
            }
        }
    }

    /// Closes the innermost open element of that name, and those in it.
    fn close(&mut self, name: &str) {
        if !self.is_open(name) {
            if name == "p" && !self.in_cell() {
                self.writer.end();
            }
            return;
        }
        while let Some(element) = self.open.pop() {
            self.names.add(hash(&element.name), -1);
            self.weigh();
            if let Some((start, href)) = &element.link {
                self.writer.link(*start, href);
            }
            self.end_element(&element);
            if element.name == name {
                break;
            }
        }
    }

    fn end_element(&mut self, element: &Element) {
        let writer = &mut *self.writer;
        self.pre -= usize::from(element.kept);
        match (element.name.as_str(), self.tables.last_mut()) {
            ("td" | "th", Some(Open::Grid(grid))) => grid.end_cell(writer),
            ("tr", Some(Open::Grid(grid))) => grid.end_row(writer),
            ("table", grid) => {
                if let Some(Open::Grid(grid)) = grid {
                    grid.end_row(writer);
                }
                self.tables.pop();
                self.part();
            }
            _ if element.block => self.part(),
            _ => {}
        }
        if let Some(suspect) = element.suspect {
            if !self.in_cell() {
                self.writer.end();
            }
            let to = self.writer.blocks().1.len();
            if let Some(suspect) = self.suspects.get_mut(suspect) {
                suspect.to = to;
            }
        }
    }

    fn table_start(&mut self, name: &str, tag: &str, at: usize) {
        let writer = &mut *self.writer;
        match (name, self.tables.last_mut()) {
            // A table in a cell is text of that cell.
            ("table", Some(Open::Inner)) => self.tables.push(Open::Inner),
            ("table", Some(Open::Grid(grid))) if grid.cell.is_some() => self.tables.push(Open::Inner),
            ("table", _) if self.layouts.binary_search(&(at - self.start)).is_ok() => {
                writer.end();
                self.tables.push(Open::Layout);
            }
            ("table", _) => self.tables.push(Open::Grid(Grid::open(writer))),
            ("tr", Some(Open::Grid(grid))) => grid.end_row(writer),
            ("td" | "th", Some(Open::Grid(grid))) => grid.start_cell(tag, writer),
            (_, Some(Open::Grid(_))) => {}
            _ => self.part(),
        }
    }

    fn begin(&mut self) {
        let kind = if self.is_noise() {
            Kind::Noise
        } else if let Some(level) = self.heading() {
            Kind::Heading(level)
        } else {
            match self.names.get(hash("li")).unwrap_or(0) {
                0 => Kind::Paragraph,
                depth => Kind::Item(depth.min(9) as u8),
            }
        };
        self.writer.begin(kind);
        if let Some(own) = self.open.last() {
            let block = self.writer.blocks().1.len();
            self.looks.push(block, own.size as usize, own.look, own.level);
        }
    }

    fn begin_if_closed(&mut self) {
        if !self.in_cell() && self.writer.is_closed() {
            self.begin();
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let source = self.writer.source;
        let text = part(source, range.start, range.end);
        let blank = trim(text).is_empty();
        if self.writer.is_closed() && blank {
            return;
        }
        if let Some(Open::Grid(grid)) = self.tables.last_mut()
            && grid.cell.is_none()
            && !blank
        {
            // Text between a table's rows: a line of its own.
            grid.end_row(self.writer);
        }
        self.begin_if_closed();
        let mut at = range.start;
        let mut rest = text;
        while !rest.is_empty() {
            if self.pre > 0 && rest.starts_with('\n') && !self.in_cell() {
                self.writer.end();
                self.begin();
                at += 1;
            } else if rest.starts_with('&') {
                let (decoded, length) = reference(rest);
                if length == 1 {
                    self.writer.copy(at..at + 1);
                } else {
                    self.writer.decode(&decoded, at..at + length);
                }
                at += length;
            } else if is_blank(first(rest)) {
                let after = trim_start(rest, is_blank);
                let mut gap = rest.len() - after.len();
                if self.pre > 0 {
                    gap = part(rest, 0, gap).find('\n').unwrap_or(gap);
                }
                let joins = part(rest, 0, gap).contains('\n')
                    && self.writer.last().is_some_and(|c| !c.is_ascii())
                    && !first(after).is_ascii();
                if !joins {
                    self.writer.space();
                }
                at += gap.max(usize::from(gap == 0));
            } else {
                let length = crate::text::find(rest, |c| c == '&' || is_blank(c)).unwrap_or(rest.len());
                self.writer.copy(at..at + length);
                at += length;
            }
            rest = part(source, at, range.end);
        }
    }
}
