//! A long source → pieces that are parsed one by one and read as if they were parsed at once.
//!
//! The parser holds a tree of all that it is given, for nothing but marks up to 170 bytes a byte. A piece ends where its
//! last block outside of lists and quotes starts, which the parser itself tells: what stands before is closed, and that
//! block is parsed again with what follows. Where one block fills a piece, the piece ends with a line, or in mid-line, and
//! the rest is a block of its own; a table's rows go on below the lines of its header, parsed once more.

use crate::text::{Numbers, hash, part, trim};
use pulldown_cmark::{BrokenLinkCallback, Event, Options, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a piece: three times the longest policy we know, which is parsed whole.
pub(super) const LONGEST: usize = 1 << 18;

/// A source, cut from the front.
#[derive(Clone)]
pub(super) struct Pieces<'s> {
    source: &'s str,
    at: usize,
    /// The header of a table that goes on.
    head: Range<usize>,
    longest: usize,
}

/// A part of a source.
pub(super) struct Piece<'s> {
    /// What is to be parsed.
    pub text: Cow<'s, str>,
    /// Between a place in it and in the source.
    pub offset: usize,
    /// Bytes at its start that have been read already.
    pub read: usize,
}

/// The targets of links that stand apart, by label.
#[derive(Default)]
pub(super) struct Definitions {
    labels: Numbers,
    targets: Vec<String>,
}

/// Parses a piece. Labels that it does not define itself are looked up; in ASCII's letter cases.
pub(super) fn parse<'t>(text: &'t str, definitions: &'t Definitions) -> Parser<'t, impl BrokenLinkCallback<'t>> {
    let look_up = |link: pulldown_cmark::BrokenLink<'t>| {
        let target = definitions.labels.get(key(&link.reference))?;
        Some((definitions.targets.get(target)?.as_str().into(), "".into()))
    };
    Parser::new_with_broken_link_callback(text, Options::ENABLE_TABLES, Some(look_up))
}

fn key(label: &str) -> u64 {
    hash(&label.to_ascii_lowercase())
}

impl<'s> Pieces<'s> {
    /// Pieces of a range, of so many bytes at most, header and all.
    pub fn new(source: &'s str, range: Range<usize>, longest: usize) -> Self {
        Self { source: part(source, 0, range.end), at: range.start, head: 0..0, longest }
    }

    /// What any piece, or part of a source that is `parted`, defines for the others; the first definition of a label counts.
    pub fn definitions(&self, parted: bool) -> Definitions {
        let mut found = Definitions::default();
        if (parted || self.source.len() > self.longest) && self.source.contains("]:") {
            for piece in self.clone() {
                for (label, definition) in parse(&piece.text, &Definitions::default()).reference_definitions().iter() {
                    if found.labels.get(key(label)).is_none() {
                        found.labels.insert(key(label), found.targets.len());
                        found.targets.push(definition.dest.to_string());
                    }
                }
            }
        }
        found
    }
}

impl<'s> Iterator for Pieces<'s> {
    type Item = Piece<'s>;

    fn next(&mut self) -> Option<Piece<'s>> {
        let (source, at) = (self.source, self.at);
        if at >= source.len() {
            return None;
        }
        let head = std::mem::replace(&mut self.head, 0..0);
        let mut end = source.floor_char_boundary(at + self.longest);
        let mut window = part(source, at, end);
        if end < source.len()
            && let Some(line) = window.rfind('\n')
        {
            end = at + line + 1;
            window = part(source, at, end);
        }
        let mut text = Cow::Borrowed(window);
        if !head.is_empty() {
            text = Cow::Owned(part(source, head.start, head.end).to_owned() + window);
        }
        if text.contains('\r') {
            text = Cow::Owned(line_feeds(&text));
        }
        if end < source.len() {
            let (last, table) = last_block(&text);
            if last > 0 {
                end = at + last - head.len();
                match &mut text {
                    Cow::Borrowed(text) => *text = part(text, 0, last),
                    Cow::Owned(text) => text.truncate(last),
                }
            } else if table && head.is_empty() {
                let mut lines = window.split_inclusive('\n');
                let length = lines.next().map_or(0, str::len) + lines.next().map_or(0, str::len);
                // The rows below a long header would be parsed with it again and again.
                if length * 8 < self.longest {
                    self.head = at..at + length;
                }
            } else if table {
                self.head = head.clone();
            }
        }
        self.at = end;
        Some(Piece { text, offset: at - head.len(), read: head.len() })
    }
}

/// The text with a line feed for each carriage return that stands alone: both end a line (spec 0.31, 2.1), but behind
/// the second kind the parser loses the rest of a list.
fn line_feeds(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.strip_suffix("\r\n").unwrap_or(line);
        body.chars().for_each(|c| out.push(if c == '\r' { '\n' } else { c }));
        out.push_str(part(line, body.len(), line.len()));
    }
    out
}

/// The start of the line in which a block starts, if it can be read by itself: right below a definition `2. x` is a
/// paragraph (spec 0.31, 4.7), but there it would be a list.
fn alone(text: &str, block: &Event<'_>, start: usize) -> Option<usize> {
    let line = part(text, 0, start).rfind('\n').map_or(0, |n| n + 1);
    let below = || part(text, 0, line).lines().next_back().is_some_and(|l| !trim(l).is_empty());
    (!matches!(block, Event::Start(Tag::Paragraph)) || !below()).then_some(line)
}

/// Where the line starts with which the last block outside of others starts that can be read by itself; and whether the
/// last one is a table.
fn last_block(text: &str) -> (usize, bool) {
    let (mut start, mut table, mut depth) = (0, false, 0usize);
    for (event, range) in parse(text, &Definitions::default()).into_offset_iter() {
        if depth == 0 && !matches!(event, Event::End(_)) {
            table = matches!(event, Event::Start(Tag::Table(_)));
            start = alone(text, &event, range.start).unwrap_or(start);
        }
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (start, table)
}

#[cfg(test)]
mod tests {
    use super::super::read_by;
    use super::*;
    use crate::blocks::{Document, Shape, Writer};

    fn document(source: &str, longest: usize) -> Document {
        let mut writer = Writer::new(source, Shape::Markdown);
        read_by(&mut writer, longest);
        let mut document = writer.finish();
        document.markup.sort_unstable();
        document
    }

    /// Where blocks start that stand in no other.
    fn starts(source: &str) -> Vec<usize> {
        let mut depth = 0;
        let mut starts = Vec::new();
        for (event, range) in parse(source, &Definitions::default()).into_offset_iter() {
            if depth == 0 && !matches!(event, Event::End(_)) {
                starts.extend(alone(source, &event, range.start));
            }
            depth += i32::from(matches!(event, Event::Start(_))) - i32::from(matches!(event, Event::End(_)));
        }
        starts
    }

    const LINES: [&str; 44] = [
        "",
        "",
        "",
        "",
        "",
        "  ",
        "一、收集",
        "我们收集**姓名。**和*电话*，",
        "见[条款][a]与[b]。",
        "# 标题",
        "### 标题 ##",
        "---",
        "===",
        "- 项目",
        "- 项目",
        "* 别的",
        "1. 第一",
        "2. 第二",
        "3) 第三",
        "  - 内层",
        "   续行",
        "\t制表",
        "    代码",
        "```",
        "```",
        "~~~",
        "> 引用",
        "> - 引用项",
        ">",
        "|名称|用途|",
        "|---|---|",
        "|南风|推送|",
        "|南风|推",
        "送|",
        "<div>块",
        "</div>",
        "<!-- 注",
        "-->",
        "<b>粗</b>",
        "[a]: https://a.example",
        "[b]: /b '题",
        "题'",
        "**粗",
        "见`代码",
    ];

    #[test]
    fn pieces_read_like_the_whole() {
        let mut state = 7u32;
        let mut random = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        let (mut like, mut cut) = (0, 0);
        for _ in 0..4000 {
            let mut source = String::new();
            for _ in 0..random(40) + 5 {
                source.push_str(LINES[random(LINES.len())]);
                source.push('\n');
            }
            let longest = 40 + random(300);
            let starts = starts(&source);
            let ends: Vec<usize> =
                Pieces::new(&source, 0..source.len(), longest).map(|p| p.offset + p.text.len()).collect();
            assert_eq!(ends.last(), Some(&source.len()));
            // What is cut at a table that the parser would not see has pieces of its own.
            let parted = super::super::bars::segments(&source).len() > 1;
            if !parted && ends.iter().all(|end| *end == source.len() || starts.contains(end)) {
                let (pieces, whole) = (document(&source, longest), document(&source, usize::MAX / 2));
                let (pieces, whole) = (format!("{pieces:?}"), format!("{whole:?}"));
                let same = pieces.bytes().zip(whole.bytes()).take_while(|(a, b)| a == b).count();
                let tail = |d: &str| String::from_utf8_lossy(&d.as_bytes()[same.saturating_sub(99)..]).into_owned();
                assert!(pieces == whole, "{source:?} at {ends:?}:\n{:.400}\n{:.400}", tail(&pieces), tail(&whole));
                like += usize::from(ends.len() > 1);
            } else {
                cut += 1;
            }
        }
        assert!(like > 1000 && cut > 100, "{like} in pieces, {cut} cut amid a block");
    }

    #[test]
    fn a_long_table_keeps_its_columns() {
        let source =
            "前文\n\n|名称|用途|\n|---|---|\n".to_owned() + &"|南风|推送|\n|北风|统\n计|\n".repeat(40) + "\n后文\n";
        let (pieces, whole) = (document(&source, 400), document(&source, 10_000));
        assert_eq!(pieces.text.as_str(), whole.text.as_str());
        assert_eq!(format!("{:?}", pieces.tables), format!("{:?}", whole.tables));
        assert_eq!((pieces.tables.len(), pieces.tables[0].columns.len()), (1, 2));
    }

    #[test]
    fn one_long_line_is_cut() {
        let source = "我们[".repeat(100);
        assert_eq!(document(&source, 64).text.as_str().replace('\n', ""), source);
    }
}
