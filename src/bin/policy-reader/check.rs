//! A policy's text → what its author should look at before it is published: faults of its form, never of its law.
//!
//! Each rule is a function from the text to its findings, so that each can be shown to fail (tests/check.rs). Words stand in
//! data/check.txt. Places are bytes of the source; people get lines and columns.

use policy_reader::blocks::{Kind, Shape};
use policy_reader::numbering::{self, Kind as Number, Mark};
use policy_reader::outline::Role;
use policy_reader::{Analysis, clauses, text};
use pulldown_cmark::{Event, Options as Extensions, Parser};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// A fault and where it stands.
pub struct Finding {
    /// One of [`RULES`].
    pub rule: &'static str,
    /// A plain sentence.
    pub message: String,
    /// Bytes of the source.
    pub place: Range<usize>,
}

/// The rules and what each looks for.
pub const RULES: [(&str, &str); 8] = [
    ("broken-bold", "Bold marks that readers see as stars"),
    ("number-skipped", "Numbering that skips or repeats"),
    ("contents-differ", "Printed contents that differ from the headings"),
    ("table-cells-lost", "A table that lost cells"),
    ("contradiction", "A promise that another clause or a table contradicts"),
    ("placeholder", "Something that was never filled in"),
    ("tracked-change", "What tracked changes left behind"),
    ("date-without-year", "A date without a year"),
];

/// The words of a key of data/check.txt.
fn words(key: &str) -> impl Iterator<Item = &'static str> + Clone {
    let lines = include_str!("../../../data/check.txt").lines();
    let line =
        lines.filter_map(|line| line.split_once(' ')).find(|(name, _)| *name == key).map_or("", |(_, words)| words);
    line.split(' ').filter(|word| !word.is_empty())
}

/// The faults of a policy, in the order of the text.
pub fn find(source: &str, analysis: &Analysis) -> Vec<Finding> {
    let mut found = Vec::new();
    let policy = Policy { source, analysis };
    policy.bold(&mut found);
    policy.numbers(&mut found);
    policy.contents(&mut found);
    policy.tables(&mut found);
    policy.contradictions(&mut found);
    for block in 0..analysis.document.blocks.len() {
        policy.placeholders(block, &mut found);
        policy.tracked(block, &mut found);
        policy.dates(block, &mut found);
    }
    found.sort_by_key(|f| (f.place.start, f.rule));
    found.dedup_by(|a, b| (a.rule, &a.place) == (b.rule, &b.place));
    found
}

/// A line a finding, as compilers print them: `FILE:LINE:COLUMN: RULE: MESSAGE`.
pub fn plain(file: &str, source: &str, findings: &[Finding]) -> String {
    let lines = Lines::new(source);
    findings.iter().fold(String::new(), |mut out, Finding { rule, message, place }| {
        let (line, column) = lines.place(place.start);
        let _ = writeln!(out, "{file}:{line}:{column}: {rule}: {message}");
        out
    })
}

/// The findings as SARIF 2.1.0 (OASIS), which code hosts show beside the text. Columns count characters.
pub fn sarif(file: &str, source: &str, findings: &[Finding]) -> Value {
    let lines = Lines::new(source);
    let result = |Finding { rule, message, place }: &Finding| {
        let ((line, column), (last, end)) = (lines.place(place.start), lines.place(place.end));
        json!({ "ruleId": rule, "level": "warning", "message": { "text": message }, "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": file },
            "region": { "startLine": line, "startColumn": column, "endLine": last, "endColumn": end } } }] })
    };
    let rules: Vec<Value> =
        RULES.iter().map(|(id, text)| json!({ "id": id, "shortDescription": { "text": text } })).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "policy-reader", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": findings.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

/// Where lines start.
struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    fn new(source: &'s str) -> Self {
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    /// Line and column from 1, in characters.
    fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.wrapping_sub(1)).copied().unwrap_or(0);
        (line, self.source.get(start..byte).map_or(0, |text| text.chars().count()) + 1)
    }
}

struct Policy<'a> {
    source: &'a str,
    analysis: &'a Analysis,
}

impl Policy<'_> {
    fn block(&self, block: usize) -> &str {
        self.analysis.document.blocks.get(block).map_or("", |b| self.analysis.document.text.slice(b.span))
    }

    /// The source of a part of a block.
    fn place(&self, block: usize, part: Range<usize>) -> Range<usize> {
        let start = self.analysis.document.blocks.get(block).map_or(0, |b| b.span.start());
        self.analysis.document.text.source(text::Span::new(start + part.start, start + part.end))
    }

    fn clause(&self, clause: usize) -> Range<usize> {
        let span = self.analysis.clauses.get(clause).map(|c| c.span).unwrap_or_default();
        self.analysis.document.text.source(span)
    }

    /// CommonMark's own reader shows a run of stars as text where it opens or closes nothing.
    fn bold(&self, found: &mut Vec<Finding>) {
        if self.analysis.document.shape != Shape::Markdown {
            return;
        }
        // The parser hands such a run on in pieces: neighbouring texts are one.
        let mut texts: Vec<Range<usize>> = Vec::new();
        for (event, place) in Parser::new_ext(self.source, Extensions::ENABLE_TABLES).into_offset_iter() {
            match (event, texts.last_mut()) {
                (Event::Text(_), Some(last)) if last.end == place.start => last.end = place.end,
                (Event::Text(_), _) => texts.push(place),
                _ => {}
            }
        }
        for place in texts {
            let text = self.source.get(place.clone()).unwrap_or_default();
            if let Some(at) = text.find("**")
                && text.chars().any(text::is_letter)
            {
                let place = place.start + at..place.end;
                let message = format!("bold that does not open or close: {}", shortened(self.source, &place));
                found.push(Finding { rule: "broken-bold", message, place });
            }
        }
    }

    /// The numbers of neighbouring headings, and of the items of a list, count by one. What is missing between two headings
    /// may stand at an item and the other way round.
    fn numbers(&self, found: &mut Vec<Finding>) {
        let document = &self.analysis.document;
        let printed = self.printed();
        let mut headings: BTreeMap<(Option<usize>, u64), Counted> = BTreeMap::new();
        for section in self.analysis.outline.sections.iter().filter(|s| !s.implicit) {
            let Some(mark) = numbering::parse(&format!("{}x", document.text.slice(section.mark()))) else { continue };
            let now = Counted { value: mark.value, span: section.number };
            let before = headings.insert((section.parent(), count_of(&mark)), now);
            self.counts(before, now, &mark, &printed, found);
        }
        // Items of one list stand behind each other; where another list or text comes between, the count is another one.
        let mut last: Option<((usize, u64), Counted)> = None;
        for clause in self.analysis.clauses.iter().filter(|c| c.kind != clauses::Kind::Sentence) {
            let Some(mark) = numbering::parse(document.text.slice(clause.span)) else {
                last = None;
                continue;
            };
            let start = clause.span.start();
            let now = Counted { value: mark.value, span: text::Span::new(start + mark.start, start + mark.number) };
            let key = (clause.section(), count_of(&mark));
            let before = last.filter(|(other, _)| *other == key).map(|(_, before)| before);
            last = Some((key, now));
            self.counts(before, now, &mark, &printed, found);
        }
    }

    /// Where each number of each count is printed, headings and items alike, in order.
    fn printed(&self) -> BTreeMap<(u64, u32), Vec<usize>> {
        let document = &self.analysis.document;
        let mut printed: BTreeMap<(u64, u32), Vec<usize>> = BTreeMap::new();
        for block in &document.blocks {
            if let Some(mark) = numbering::parse_loose(document.text.slice(block.span)) {
                printed.entry((count_of(&mark), mark.value)).or_default().push(block.span.start());
            }
        }
        printed
    }

    /// A count may start anew; else the next number follows.
    fn counts(
        &self,
        before: Option<Counted>,
        now: Counted,
        mark: &Mark,
        printed: &BTreeMap<(u64, u32), Vec<usize>>,
        found: &mut Vec<Finding>,
    ) {
        /// Numbers between two that are looked for: a heading may print any number.
        const MOST_MISSING: usize = 100;
        let Some(before) = before.filter(|_| mark.kind != Number::Bullet) else { return };
        let text = &self.analysis.document.text;
        let (name, next) = (text.slice(before.span), text.slice(now.span));
        let between = |value: u32| {
            let places = printed.get(&(count_of(mark), value)).map_or(&[][..], Vec::as_slice);
            let from = places.partition_point(|at| *at <= before.span.start());
            places.get(from).is_some_and(|at| *at < now.span.start())
        };
        let missing = (before.value + 1..now.value).take(MOST_MISSING).filter(|value| !between(*value)).count();
        let message = if now.value == before.value {
            format!("{next} is printed twice")
        } else if now.value < before.value && now.value > 1 {
            format!("{next} comes after {name}")
        } else if missing == 1 {
            format!("between {name} and {next} a number is missing")
        } else if missing > 1 {
            format!("between {name} and {next} {missing} numbers are missing")
        } else {
            return;
        };
        found.push(Finding { rule: "number-skipped", message, place: text.source(now.span) });
    }

    /// Every entry of the printed contents heads something, under the same number.
    fn contents(&self, found: &mut Vec<Finding>) {
        let Analysis { document, outline, .. } = self.analysis;
        // The values of the numbers under which a title stands: contents count in signs of their own.
        let mut titles: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for section in outline.sections.iter().filter(|s| !s.implicit) {
            let value = numbering::parse(&format!("{}x", document.text.slice(section.mark()))).and_then(counted);
            titles.entry(bare(document.text.slice(section.title))).or_default().extend(value);
        }
        let entries: Vec<usize> = (0..document.blocks.len()).filter(|b| self.is_entry(*b)).collect();
        // Contents are a list: a single line is an introduction, and no entry.
        if entries.len() < 3 {
            return;
        }
        for block in entries {
            let line = self.block(block);
            let mark = numbering::parse_loose(line);
            // The page of a printed book stands at the end.
            let title = line.get(mark.map_or(0, |m| m.end)..).unwrap_or_default().trim_end_matches(|c: char| {
                c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | '\u{2026}' | '\u{b7}')
            });
            let place = self.place(block, 0..line.len());
            let value = mark.and_then(counted);
            let message = match titles.get(&bare(title)) {
                None => format!("the contents list \"{}\", which no heading says", title.trim()),
                Some(values) if !values.is_empty() && value.is_some_and(|value| !values.contains(&value)) => {
                    format!("the contents number \"{}\" otherwise than its heading", title.trim())
                }
                Some(_) => continue,
            };
            found.push(Finding { rule: "contents-differ", message, place });
        }
    }

    /// Whether a block is an entry of the contents: a line under which something could stand, not the line above them.
    fn is_entry(&self, block: usize) -> bool {
        let line = self.block(block);
        matches!(self.analysis.outline.roles.get(block), Some(Role::Contents)) && numbering::parse_loose(line).is_some()
    }

    /// A row has as many cells as its head; a column says something somewhere.
    fn tables(&self, found: &mut Vec<Finding>) {
        let document = &self.analysis.document;
        for (at, block) in document.blocks.iter().enumerate() {
            let Kind::Row(table, row) = block.kind else { continue };
            let (table, row) = (table as usize, row as usize);
            let columns = document.tables.get(table).map_or(0, |t| t.columns.len());
            let cells = document.cells(table, row);
            let said = cells.iter().filter(|cell| !cell.is_empty()).count();
            // The first cells of a row may stand for those above; the last ones stand for nothing else.
            let last = cells.last().is_none_or(|cell| cell.is_empty());
            if columns > 1 && (cells.len() < columns || said <= 1 || said * 2 < columns && last) {
                let message = format!("{said} of {columns} cells of this row say something");
                found.push(Finding {
                    rule: "table-cells-lost",
                    message,
                    place: self.place(at, 0..self.block(at).len()),
                });
            }
        }
    }

    fn contradictions(&self, found: &mut Vec<Finding>) {
        let points = self.analysis.points.iter().filter(|p| p.rule == "contradiction");
        for (promise, other) in points.filter_map(|p| Some((*p.clauses.first()?, *p.clauses.get(1)?))) {
            let (line, _) = Lines::new(self.source).place(self.clause(other).start);
            let message = format!("line {line} says that it is collected");
            found.push(Finding { rule: "contradiction", message, place: self.clause(promise) });
        }
    }

    /// Words that ask to be filled in, and blanks before a unit.
    fn placeholders(&self, block: usize, found: &mut Vec<Finding>) {
        let line = self.block(block);
        let low = line.to_ascii_lowercase();
        let mut add = |part: Range<usize>| {
            let message = format!("not filled in: {}", line.get(part.clone()).unwrap_or_default());
            found.push(Finding { rule: "placeholder", message, place: self.place(block, part) });
        };
        for word in words("placeholder") {
            let alone = |at: usize| !word.is_ascii() || is_alone(&low, at, word.len());
            low.match_indices(word).filter(|(at, _)| alone(*at)).for_each(|(at, _)| add(at..at + word.len()));
        }
        let mut at = 0;
        while let Some(start) = line.get(at..).and_then(|rest| rest.find(is_blank_sign)).map(|found| at + found) {
            let rest = line.get(start..).unwrap_or_default();
            let run = rest.len() - rest.trim_start_matches(is_blank_sign).len();
            at = start + run;
            let behind = line
                .get(at..)
                .unwrap_or_default()
                .trim_start_matches(|c: char| text::is_blank(c) || text::is_closing(c));
            let unit = words("unit").filter(|unit| behind.starts_with(unit)).max_by_key(|unit| unit.len());
            // A letter X may be a name's own: `iPhone X 手机`, `X年` is read, `MaX` is not.
            let before = line.get(..start).and_then(|t| t.chars().next_back()).unwrap_or(' ');
            if let Some(unit) = unit.filter(|_| !before.is_ascii_alphanumeric()) {
                let end = line.len() - behind.len() + unit.len();
                add(start..end);
            }
        }
    }

    fn tracked(&self, block: usize, found: &mut Vec<Finding>) {
        let line = self.block(block);
        let low: String = line.to_ascii_lowercase();
        for word in words("tracked") {
            for (at, _) in low.match_indices(word) {
                let message =
                    format!("left behind by tracked changes: {}", line.get(at..at + word.len()).unwrap_or_default());
                let place = self.place(block, at..at + word.len());
                found.push(Finding { rule: "tracked-change", message, place });
            }
        }
    }

    /// `3月5日` in a short line that states a date, with no year before it.
    fn dates(&self, block: usize, found: &mut Vec<Finding>) {
        /// Characters of a line that states a date and little else.
        const SHORT: usize = 60;
        let line = self.block(block);
        let dated = words("dated").any(|word| line.to_ascii_lowercase().contains(word));
        if line.chars().count() > SHORT || !dated {
            return;
        }
        for month in words("month") {
            for (at, _) in line.match_indices(month) {
                let (before, behind) =
                    (line.get(..at).unwrap_or_default(), line.get(at + month.len()..).unwrap_or_default());
                let start = before.trim_end_matches(is_numeral);
                let day = behind.trim_start().trim_start_matches(is_numeral);
                let whole = words("day").find(|day_sign| day.starts_with(day_sign));
                let told = start.len() < before.len() && day.len() < behind.trim_start().len();
                let year = words("year").any(|year| start.trim_end().ends_with(year));
                if let Some(sign) = whole.filter(|_| told && !year) {
                    let end = line.len() - day.len() + sign.len();
                    let message = format!("no year: {}", line.get(start.len()..end).unwrap_or_default());
                    found.push(Finding {
                        rule: "date-without-year",
                        message,
                        place: self.place(block, start.len()..end),
                    });
                }
            }
        }
    }
}

/// A number that was printed.
#[derive(Clone, Copy)]
struct Counted {
    value: u32,
    span: text::Span,
}

/// Numbers that count together: of one kind and, where they have several groups, with the same ones before the last.
fn count_of(mark: &Mark) -> u64 {
    mark.kind.code(if matches!(mark.kind, Number::Multi(_)) { mark.head } else { 0 })
}

/// The value of a number that counts.
fn counted(mark: Mark) -> Option<u32> {
    (mark.kind != Number::Bullet).then_some(mark.value)
}

/// A title without what stands around it: letters and digits alone.
fn bare(text: &str) -> String {
    text.chars().filter(|c| text::is_letter(*c)).collect()
}

/// Whether a Latin word is no part of a longer one.
fn is_alone(text: &str, at: usize, length: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, rest) = text.split_at_checked(at).unwrap_or_default();
    let (word, behind) = rest.split_at_checked(length).unwrap_or_default();
    let joined_before = letter(before.chars().next_back()) && letter(word.chars().next());
    let joined_behind = letter(word.chars().next_back()) && letter(behind.chars().next());
    !joined_before && !joined_behind
}

/// Signs that stand for something not yet known: stars, crosses, lines, boxes.
fn is_blank_sign(c: char) -> bool {
    matches!(
        c,
        '*' | '\u{ff0a}' | '\u{d7}' | 'X' | '\u{ff38}' | '_' | '\u{25a1}' | '\u{25cf}' | '\u{25cb}' | '\u{25a0}'
    )
}

/// Digits, in whatever width, and Han numerals.
fn is_numeral(c: char) -> bool {
    text::is_digit(c) || numbering::number(c.encode_utf8(&mut [0; 4])).is_some()
}

fn shortened(source: &str, place: &Range<usize>) -> String {
    /// Characters that let an author find the place.
    const SHOWN: usize = 30;
    source.get(place.clone()).unwrap_or_default().chars().take(SHOWN).collect()
}
