//! Lines → which of them are headings, alone in their line or at its start (run in).
//!
//! A line is judged by its own shape first: short, without sentence punctuation. Numbered lines are then judged together
//! with their siblings (`series`), as enumerations carry the same marks: where entries end with a semicolon, or stand
//! without text between them, they are items; where text follows most of them, they are headings. Lines without a number
//! are headings by markup, bold, a word such as "Preface", or where a short phrase stands alone before a paragraph.

use super::aside::{is_policy_title, is_sentence};
use super::contents::{ALIKE, alike};
use super::counts::{Count, Counts, NONE};
use super::series::{Series, Verdict};
use super::{Line, Lines, Role, key};
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::{self, Kind as Number};
use crate::text::{
    Numbers, Span, count, count_of, ends_any, find as find_char, first, has, hash, is_blank, is_closing, is_colon,
    is_comma, is_digit, is_ideograph, is_letter, is_opening, is_semicolon, is_terminal, is_worded, last, pairs, part,
    starts_any, stops, trim_end, trim_start,
};

/// A heading that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Index of its line.
    pub line: u32,
    /// The title, in bytes of the line.
    pub title: Span,
    /// Text follows in the same line.
    pub run_in: bool,
    /// What it is told by.
    pub sort: Sort,
    /// Its count, or [`NONE`].
    pub count: u32,
    /// The kind of number that its entry in the printed contents has.
    pub lent: Option<Number>,
}

/// The headings, and what else of the numbers tells how they nest.
pub(super) struct Found {
    /// In reading order.
    pub heads: Vec<Head>,
    /// In the order of their first lines, which are lines of the document.
    pub counts: Vec<Count>,
    /// Numbered lines that are no headings, each with its count.
    pub items: Vec<(u32, u32)>,
}

/// What a heading is told by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Its number.
    Numbered,
    /// Its shape, bold or markup.
    Plain,
    /// Its place right before a table.
    Caption,
    /// The printed contents name it.
    Listed,
    /// A word such as "Preface" that heads a part of the whole.
    Word,
    /// The title of a further document.
    Document,
}

/// What a numbered line's own shape says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A heading whatever its siblings are.
    Sure,
    /// Could be one.
    Title,
    /// The same with a full stop behind it: an oversight where most of its siblings are titles.
    Stopped,
    /// A short phrase, then text: where the phrase ends.
    RunIn(u32),
    /// A phrase, one gap of white space, then text: where the phrase ends. Only its siblings tell whether it is a title.
    Gap(u32),
    /// A sentence or an item.
    Text,
}

/// The lines that are body so far, in order, with what their shapes say.
pub(super) struct Body<'l, 'd> {
    lines: &'l Lines<'d>,
    /// Indices of the lines.
    pub at: Vec<u32>,
    pub shapes: Vec<Shape>,
    /// Short phrases before a paragraph: headings where the policy does so more than once.
    weak: Vec<bool>,
    /// Keys of the printed contents' entries, hashed, each with its line.
    listed: Numbers,
    /// The lines of the printed contents.
    contents: Vec<usize>,
    /// A page has elements for headings and captions.
    page: bool,
}

impl<'l, 'd> Body<'l, 'd> {
    fn new(lines: &'l Lines<'d>, page: bool) -> Self {
        // Nearly all of them will be body: growing would take room for twice as many.
        let most = lines.len();
        let (at, shapes, weak) = (Vec::with_capacity(most), Vec::with_capacity(most), Vec::with_capacity(most));
        Self { lines, at, shapes, weak, listed: Numbers::default(), contents: Vec::new(), page }
    }

    /// Takes the lines that are body and the entries of printed contents; returns the key of the policy's own title.
    fn fill(&mut self, roles: &[Role]) -> String {
        let mut title = String::new();
        for (i, (line, role)) in self.lines.iter().zip(roles).enumerate() {
            match role {
                Role::Body(_) => {
                    self.at.push(i as u32);
                    self.shapes.push(shape(line));
                }
                Role::Title => title = key(line.text),
                Role::Contents => {
                    self.listed.insert(hash(&key(line.body())), i);
                    self.contents.push(i);
                }
                _ => {}
            }
        }
        self.lend();
        // What has its number needs none of its entry's.
        for n in 0..self.at.len() {
            if let Some(line) = self.line(n).filter(|l| l.mark.is_some_and(|m| m.kind != Number::Bullet)) {
                let own = hash(&key(line.body()));
                if self.entry(own).is_some_and(|e| e.mark.is_some()) {
                    self.listed.insert(own, self.lines.len());
                }
            }
        }
        title
    }

    /// Names the lines without numbers that stand for entries of the contents whose words no line has: each the most
    /// alike of those between what its neighbours name.
    fn lend(&mut self) {
        /// Lines that are looked at in a document: they keep this linear.
        const LOOKS: usize = 30_000;
        if self.contents.is_empty() {
            return;
        }
        let mut places = Numbers::default();
        for n in (0..self.at.len()).rev() {
            if let Some(line) = self.line(n).filter(|l| l.length <= 60) {
                places.insert(hash(&key(line.body())), n);
            }
        }
        let place = |line: Line<'_>| places.get(hash(&key(line.body())));
        // Each entry, its own line, and the next entry's that has one.
        let mut entries: Vec<(usize, Option<usize>, usize)> = Vec::with_capacity(self.contents.len());
        let mut next = self.at.len();
        for i in self.contents.iter().rev() {
            let own = self.lines.get(*i).and_then(place);
            entries.push((*i, own, next));
            next = own.unwrap_or(next);
        }
        let (mut from, mut left) = (0, LOOKS);
        for (i, own, next) in entries.into_iter().rev() {
            let Some(entry) = self.lines.get(i).map(|l| key(l.body())) else { continue };
            let mut found = own;
            for n in from..next {
                if found.is_some() || left == 0 {
                    break;
                }
                left -= 1;
                if let Some(line) = self.line(n).filter(|l| l.mark.is_none() && l.length <= 22)
                    && is_short_phrase(n, self, false)
                    && let words = key(line.body())
                    && alike(&entry, &words, ALIKE)
                {
                    self.listed.insert(hash(&words), i);
                    found = Some(n);
                }
            }
            from = found.map_or(from, |n| n + 1);
        }
    }

    /// Finds the short phrases before a paragraph; returns how many there are, and how many of them have bullets.
    fn weigh(&mut self) -> (usize, usize) {
        let mut alone = 0;
        for n in 0..self.at.len() {
            alone += usize::from(is_label(n, self));
        }
        let (mut customary, mut bulleted) = (0, 0);
        for n in 0..self.at.len() {
            let weak = stands_alone(n, self, 10) || alone > 2 && is_label(n, self);
            self.weak.push(weak);
            customary += usize::from(weak);
            bulleted += usize::from(weak && self.line(n).is_some_and(|l| l.mark.is_some()));
        }
        let firsts = self.firsts();
        for n in firsts {
            bulleted += usize::from(self.line(n).is_some_and(|l| l.mark.is_some()));
            if let Some(weak) = self.weak.get_mut(n) {
                *weak = true;
            }
        }
        (customary, bulleted)
    }

    /// The first of several such phrases, right behind what leads to them: the next one, with a bullet if it has one, stands
    /// in the same section.
    fn firsts(&self) -> Vec<usize> {
        /// Lines of the text of one of them.
        const APART: usize = 12;
        let mut firsts = Vec::new();
        // The next one, and whether it has a bullet.
        let mut next: Option<(usize, bool)> = None;
        for n in (0..self.at.len()).rev() {
            let Some(line) = self.line(n) else { continue };
            let bullet = line.mark.is_some_and(|m| m.kind == Number::Bullet);
            if self.weak.get(n) == Some(&true) {
                next = Some((n, bullet));
            } else if line.mark.is_some_and(|m| m.kind <= Number::HanEnclosed) && self.shape(n) != Shape::Text {
                next = None;
            } else if next.is_some_and(|(at, like)| (n + 2..=n + APART).contains(&at) && like == bullet)
                && self.before(n).is_some_and(|l| is_colon(last(l.text)) && (l.length > 20 || self.is_listed(l)))
                && (line.mark.is_none() || bullet)
                && is_short_phrase(n, self, false)
                && (heads_paragraph(n, self, 10) || bullet && self.starts_count(n + 1))
            {
                firsts.push(n);
            }
        }
        firsts
    }

    /// Whether a count starts with a line.
    fn starts_count(&self, n: usize) -> bool {
        self.line(n).and_then(|l| l.mark).is_some_and(|m| m.kind != Number::Bullet && m.value == 1)
    }

    /// The line at a position of the body.
    pub fn line(&self, n: usize) -> Option<Line<'d>> {
        self.at.get(n).and_then(|i| self.lines.get(*i as usize))
    }

    /// The line of the printed contents with that hashed key, but for one with a number where a heading has its own.
    fn entry(&self, key: u64) -> Option<Line<'d>> {
        self.lines.get(self.listed.get(key)?)
    }

    /// Whether the printed contents stand right behind a line.
    fn leads_to_contents(&self, n: usize) -> bool {
        let next = self.at.get(n).map_or(usize::MAX, |i| *i as usize + 1);
        self.contents.binary_search(&next).is_ok()
    }

    /// Whether the printed contents name a line.
    fn is_listed(&self, line: Line<'_>) -> bool {
        self.entry(hash(&key(line.body()))).is_some()
    }

    /// Whether a line is an entry of a list without numbers behind a colon.
    fn listed_item(&self, n: usize) -> bool {
        /// Entries that are looked at: the list of a policy that has more is a part of its own.
        const ENTRIES: usize = 40;
        let Some(own) = self.line(n).filter(|l| matches!(l.kind, Kind::Item(_)) && l.mark.is_none()) else {
            return false;
        };
        for at in (n.saturating_sub(ENTRIES)..n).rev() {
            match self.line(at) {
                Some(l) if l.kind == own.kind && l.mark.is_none() => {}
                Some(l) => return is_colon(last(l.text)),
                None => return false,
            }
        }
        false
    }

    fn before(&self, n: usize) -> Option<Line<'d>> {
        self.line(n.checked_sub(1)?)
    }

    pub fn shape(&self, n: usize) -> Shape {
        self.shapes.get(n).copied().unwrap_or(Shape::Text)
    }
}

/// Finds the headings among lines that are body so far.
pub(super) fn find(lines: &Lines<'_>, roles: &[Role], page: bool) -> Found {
    let mut body = Body::new(lines, page);
    let title = body.fill(roles);
    let (customary, bulleted) = body.weigh();
    let labels = labels(&body);
    let counts = Counts::new(&body);
    let documents = documents(&body, &counts, &title);
    let series = Series::new(&body, counts);
    let judge = Judge { body: &body, series, labels, customary, bulleted };
    let mut heads = judge.heads(&documents);
    judge.echo(&mut heads);
    heads.shrink_to_fit();
    let items = judge.items(&heads);
    let line = |n: u32| body.at.get(n as usize).copied().unwrap_or(NONE);
    let mut counts = judge.series.counts().all;
    for count in &mut counts {
        (count.first, count.last, count.holder) = (line(count.first), line(count.last), line(count.holder));
    }
    Found { heads, counts, items }
}

/// What tells whether a line is a heading.
struct Judge<'b, 'l, 'd> {
    body: &'b Body<'l, 'd>,
    series: Series,
    /// Where the label ends that a paragraph starts with, or 0.
    labels: Vec<u32>,
    /// Short phrases before a paragraph, and those of them with bullets.
    customary: usize,
    bulleted: usize,
}

impl Judge<'_, '_, '_> {
    /// The headings, those of further documents given.
    fn heads(&self, documents: &[usize]) -> Vec<Head> {
        let mut document = 0;
        let mut heads = Vec::new();
        for n in 0..self.body.at.len() {
            let Some(line) = self.body.line(n) else { continue };
            let whole = documents.get(document) == Some(&n);
            document += usize::from(whole);
            let found = if whole { Some((line.title(), false, Sort::Document)) } else { self.head(n, line) };
            let Some((title, run_in, sort)) = found else { continue };
            let words = part(line.text, title.start(), title.end());
            // Digits alone are a number that lost its title.
            let digits =
                sort != Sort::Numbered && has(words, is_digit) && !has(words, |c| is_letter(c) && !is_digit(c));
            if is_worded(words) && !digits {
                heads.push(self.open(n, line, title, run_in, sort));
            }
        }
        heads
    }

    fn open(&self, n: usize, line: Line<'_>, title: Span, run_in: bool, sort: Sort) -> Head {
        let entry = if sort == Sort::Listed { self.body.entry(hash(&key(line.body()))) } else { None };
        let lent = entry.and_then(|e| e.mark).map(|m| m.kind);
        let own = self.body.at.get(n).copied().unwrap_or(NONE);
        Head { line: own, title, run_in, sort, count: self.series.of(n).map_or(NONE, |c| c as u32), lent }
    }

    /// Adds the phrases before a colon that a heading elsewhere nearly repeats ("transfer with consent", "sharing with
    /// consent"), though their own siblings are sentences.
    fn echo(&self, heads: &mut Vec<Head>) {
        let words = |line: Line<'_>, title: Span| stem(part(line.text, title.start(), title.end()));
        let mut known = Numbers::default();
        for head in heads.iter() {
            if let Some(stem) = self.body.lines.get(head.line as usize).and_then(|line| words(line, head.title)) {
                known.insert(stem, head.line as usize);
            }
        }
        let found = heads.len();
        let mut next = 0;
        for (n, own) in self.body.at.iter().enumerate() {
            while heads.get(next).filter(|_| next < found).is_some_and(|h| h.line < *own) {
                next += 1;
            }
            let is_head = next < found && heads.get(next).is_some_and(|h| h.line == *own);
            let (Some(line), Shape::RunIn(end)) = (self.body.line(n), self.body.shape(n)) else { continue };
            let end = end as usize;
            let title = run_in_title(line, end);
            if !is_head
                && self.series.verdict(n).free
                && is_colon(first(part(line.text, end, line.text.len())))
                && !is_dated(line, end)
                && words(line, title).is_some_and(|stem| known.get(stem).is_some())
            {
                heads.push(self.open(n, line, title, true, Sort::Numbered));
            }
        }
        heads.sort_by_key(|h| h.line);
    }

    /// The numbered lines that are no headings, each with its count.
    fn items(&self, heads: &[Head]) -> Vec<(u32, u32)> {
        let mut next = heads.iter().peekable();
        let mut items = Vec::new();
        for (n, own) in self.body.at.iter().enumerate() {
            let is_head = next.next_if(|h| h.line <= *own).is_some();
            items.extend(self.series.of(n).filter(|_| !is_head).map(|count| (*own, count as u32)));
        }
        items
    }

    /// The title of a heading, whether it runs in, and what it is told by.
    fn head(&self, n: usize, line: Line<'_>) -> Option<(Span, bool, Sort)> {
        if line.mark.is_some_and(|m| m.kind != Number::Bullet) {
            let (title, run_in) = self.numbered(n, line)?;
            return Some((title, run_in, Sort::Numbered));
        }
        if line.mark.is_none()
            && let Some(end) = bracketed_lead(line, 0).or_else(|| self.bracketed_label(n, line))
        {
            let sort = if is_word(part(line.text, 0, end)) { Sort::Word } else { Sort::Plain };
            return Some((super::trim_title(line.text, Span::new(0, end)), true, sort));
        }
        if let Some(end) = self.labels.get(n).copied().filter(|end| *end > 0) {
            let title = super::trim_title(line.text, Span::new(line.title_start(), line.text.len().min(end as usize)));
            return Some((title, end != BARE, Sort::Plain));
        }
        // Bullets before headings are a custom; one or two are chance.
        if line.mark.is_some() && self.bulleted <= 2 {
            return None;
        }
        let weak = self.body.weak.get(n) == Some(&true) && (self.customary > 1 || self.series.lacks_one(n));
        let sort = unnumbered(n, self.body).or(if weak { Some(Sort::Plain) } else { None })?;
        let table = || self.body.line(n + 1).is_some_and(|l| matches!(l.kind, Kind::Head(_) | Kind::Row(..)));
        Some((line.title(), false, if sort == Sort::Plain && table() { Sort::Caption } else { sort }))
    }

    /// Where the phrase in brackets ends that a line starts with, if a colon follows it, behind a note at most, and a line
    /// beside this one starts so, too.
    fn bracketed_label(&self, n: usize, line: Line<'_>) -> Option<usize> {
        let end = bracketed(line.text)?;
        let rest = trim_start(part(line.text, end, line.text.len()), is_blank);
        let note = pairs(rest).into_iter().find(|(open, _)| *open == 0).map_or(0, |(_, close)| close);
        let behind = trim_start(
            part(rest, note + first(part(rest, note, rest.len())).len_utf8() * usize::from(note > 0), rest.len()),
            is_blank,
        );
        let beside = |n: usize| self.body.line(n).is_some_and(|l| l.mark.is_none() && bracketed(l.text).is_some());
        let text = is_colon(first(behind)) && count(behind) > 3 && count(part(line.text, 0, end)) <= LABEL + 2;
        (text && (beside(n + 1) || n.checked_sub(1).is_some_and(beside))).then_some(end)
    }

    /// Whether an inner line is a clause with a colon, and what stands behind it are items.
    fn leads_to_items(&self, n: usize, line: Line<'_>) -> bool {
        let clause = opens(line.body()) && has(line.body(), is_comma) && is_colon(last(line.text));
        let heads = || match self.body.shape(n + 1) {
            Shape::Sure | Shape::Title => self.series.verdict(n + 1).titles,
            Shape::RunIn(_) => self.series.verdict(n + 1).run_ins,
            Shape::Stopped | Shape::Gap(_) | Shape::Text => false,
        };
        clause && line.mark.is_some_and(|m| m.kind >= Number::Decimal) && !heads()
    }

    /// The title of a numbered heading, and whether it runs in.
    fn numbered(&self, n: usize, line: Line<'_>) -> Option<(Span, bool)> {
        let (verdict, kind) = (self.series.verdict(n), line.mark?.kind);
        let text = || self.series.has_text(n, self.body);
        let heads = match self.body.shape(n) {
            Shape::Sure => true,
            Shape::Title => {
                let sentence = verdict.sentences || verdict.single || has(line.text, is_comma) && opens(line.body());
                !(sentence && (leads(n, self.body) || self.leads_to_items(n, line)))
                    && verdict.titles
                    && (verdict.firm || text())
            }
            Shape::Stopped => verdict.heads && (kind < Number::Enclosed || !verdict.sentences) && text(),
            Shape::RunIn(end) => {
                let end = end as usize;
                let alone = verdict.free && is_noun(line, end);
                return (runs_in(verdict, line, end) || alone).then(|| (run_in_title(line, end), true));
            }
            Shape::Gap(end) => {
                return (verdict.heads && verdict.titles).then(|| (run_in_title(line, end as usize), true));
            }
            Shape::Text => verdict.holds,
        };
        heads.then(|| (line.title(), false))
    }
}

/// All of a long title but its last word, hashed.
fn stem(title: &str) -> Option<u64> {
    /// Characters of a stem that is no chance.
    const STEM: usize = 7;
    /// Those of a last word.
    const WORD: usize = 2;
    let key = key(title);
    let end = key.char_indices().rev().nth(WORD - 1)?.0;
    let stem = part(&key, 0, end);
    (count(stem) >= STEM).then(|| hash(stem))
}

/// The title of a heading that runs in.
fn run_in_title(line: Line<'_>, end: usize) -> Span {
    super::trim_title(line.text, Span::new(line.title_start(), end))
}

/// Whether the phrase at the start of a numbered line is a heading. Letters and signs carry items as well: what they head
/// has more than one sentence, as a rule, or is bold.
fn runs_in(verdict: Verdict, line: Line<'_>, end: usize) -> bool {
    verdict.run_ins
        && !is_dated(line, end)
        && (line.mark.is_some_and(|m| m.kind <= Number::Close) || line.bold_lead > 0 || verdict.rich)
}

/// Whether a phrase at the start of a numbered line is a heading whatever its siblings are: a noun before a colon, or one
/// in brackets.
fn is_noun(line: Line<'_>, end: usize) -> bool {
    let title = part(line.text, line.title_start(), end);
    let rest = part(line.text, end, line.text.len());
    let parted = is_colon(first(rest)) || bracketed(title) == Some(title.len());
    let noun = first(rest) == '\u{3002}' && ends_any(title, terms(group!("heading.noun"))) && !states(title);
    let mark = line.mark.is_some_and(|m| m.kind <= Number::Close);
    mark && (parted || noun) && count(title) <= LABEL && !opens(title) && !promises(title) && !is_dated(line, end)
}

/// Whether a phrase at the start of a line names a date, which stands behind it.
fn is_dated(line: Line<'_>, end: usize) -> bool {
    /// Digits of a year.
    const YEAR: usize = 4;
    let title = key(part(line.text, line.title_start(), end));
    terms(group!("date.label")).contains(&title.as_str())
        && count_of(part(line.text, end, line.text.len()), |c| c.is_ascii_digit()) >= YEAR
}

/// Whether an inner numbered line only leads to the list behind it.
fn leads(n: usize, body: &Body<'_, '_>) -> bool {
    let Some((line, mark)) = body.line(n).and_then(|l| Some((l, l.mark?))) else { return false };
    let bare = trim_end(line.text, is_colon);
    let inner = mark.kind >= Number::Decimal
        || mark.kind == Number::HanEnclosed && ends_any(bare, terms(group!("phrase.never.end")));
    inner && is_lead(line) && !matches!(body.shape(n + 1), Shape::Sure | Shape::Title)
}

/// Whether a line only leads to the list behind it.
pub(super) fn is_lead(line: Line<'_>) -> bool {
    is_colon(last(line.text)) && promises(line.text)
}

/// Whether a text says that something follows.
fn promises(text: &str) -> bool {
    terms(group!("lead")).iter().any(|w| text.contains(w))
}

fn opens(text: &str) -> bool {
    starts_any(text, terms(group!("opener"))) && !starts_any(text, terms(group!("opener.word")))
}

/// The longest title, in characters: outer headings may be longer.
fn limit(kind: Number) -> usize {
    match kind {
        Number::Appendix | Number::Part | Number::Chapter | Number::Article | Number::Han => 60,
        Number::HanEnclosed => 50,
        _ => 45,
    }
}

fn shape(line: Line<'_>) -> Shape {
    let Some(mark) = line.mark else { return Shape::Text };
    if mark.kind == Number::Bullet || line.is_table() {
        return Shape::Text;
    }
    let body = line.body();
    let bare = trim_end(body, |c| is_blank(c) || is_colon(c));
    let comma = has(body, is_comma);
    // A noun and its ordinal, parted by a colon from what they name.
    let named = numbering::parse_word(bare).map_or(0, |m| m.end);
    let sentence = is_sentence(line)
        || has(part(bare, named, bare.len()), |c| matches!(c, '\u{3002}' | '\u{ff1b}' | ';') || is_colon(c))
        || matches!(last(body), '\u{ff0c}' | ',' | '\u{3001}');
    // Markup and bold alone make no heading of an inner number: items of enumerations are set so, too.
    let marked = matches!(line.kind, Kind::Heading(_));
    let outer = mark.kind <= Number::Han;
    if marked && has_note(bare) {
        return Shape::Title;
    }
    // Who acts starts a sentence behind a title that lost its line break.
    if let Some(end) = gap(line).filter(|_| !marked)
        && let rest = trim_start(part(line.text, end, line.text.len()), is_blank)
        && starts_any(rest, terms(group!("person")))
        && heads_text(line, mark.end, end)
    {
        return Shape::RunIn(end as u32);
    }
    if !sentence && (marked || !is_cut_off(bare)) {
        if line.length <= limit(mark.kind) {
            if outer && !(comma && line.length > 30) {
                return Shape::Sure;
            }
            if !comma || line.length <= 30 || marked {
                return Shape::Title;
            }
        }
        if (outer || marked) && line.length <= 90 {
            return Shape::Title;
        }
    }
    if !comma
        && line.length <= 30
        && let Some(title) = bare.strip_suffix(['\u{3002}', '\u{ff1b}'])
        && !has(title, |c| matches!(c, '\u{3002}' | '\u{ff1b}' | '\u{ff1a}'))
        && !is_cut_off(title)
    {
        let full = (mark.kind <= Number::HanEnclosed || line.bold) && line.length <= 24 && bare.ends_with('\u{3002}');
        return if full { Shape::Title } else { Shape::Stopped };
    }
    if let Some(end) = run_in(line, mark.end) {
        return Shape::RunIn(end as u32);
    }
    gap(line).filter(|end| heads_text(line, mark.end, *end)).map_or(Shape::Text, |end| Shape::Gap(end as u32))
}

/// Where the first gap stands in a line's body, in bytes of the line, if it can part a title from its text: there is no
/// other one before the next sign, and a condition is no title.
fn gap(line: Line<'_>) -> Option<usize> {
    let body = line.body();
    let end = find_char(body, is_blank)?;
    let rest = trim_start(part(body, end, body.len()), is_blank);
    let sentence = part(rest, 0, find_char(rest, |c| is_terminal(c) || is_comma(c)).unwrap_or(rest.len()));
    let title = part(body, 0, end);
    let dash = |c: char| matches!(c, '\u{2013}' | '\u{2014}');
    let words = is_ideograph(last(trim_end(title, dash)))
        && is_ideograph(first(rest))
        && !has(title, |c| is_terminal(c) || is_comma(c));
    (words
        && !has(sentence, is_blank)
        && !is_definition(title)
        && !starts_any(title, terms(group!("phrase.never.start"))))
    .then_some(line.text.len() - body.len() + end)
}

/// Whether a title has a note in brackets behind it that is longer than itself: what a template says to its author.
fn has_note(title: &str) -> bool {
    let text = trim_end(title, is_blank);
    let own = without_note(text);
    count(own) > 1 && own.len() * 2 < text.len() && !has(own, |c| is_terminal(c) || is_comma(c))
}

/// A text without the brackets at its end.
fn without_note(text: &str) -> &str {
    let text = trim_end(text, is_blank);
    let note = pairs(text).into_iter().find(|(_, close)| *close + last(text).len_utf8() == text.len());
    part(text, 0, note.map_or(text.len(), |(open, _)| open))
}

/// Whether a phrase cannot be a whole title: it stops at a conjunction or a particle, or inside of brackets.
fn is_cut_off(title: &str) -> bool {
    let end = trim_end(title, is_blank);
    // Quotes are doubled and turned round too often; the rest of these is decoration.
    let skip =
        |c: char| matches!(c, '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}') || crate::numbering::is_decoration(c);
    let mut open = 0;
    for c in title.chars().filter(|c| !skip(*c)) {
        open += i32::from(is_opening(c));
        open -= i32::from(matches!(
            c,
            '\u{ff09}' | ')' | '\u{300b}' | '\u{300d}' | '\u{300f}' | '\u{3009}' | ']' | '}' | '\u{ff3d}'
        ));
    }
    open != 0 || ends_any(end, terms(group!("title.never.end"))) && !ends_any(end, terms(group!("title.may.end")))
}

/// Where the phrase that a line starts with ends: with its bold, or at a colon or a full stop, with a sentence behind it.
fn run_in(line: Line<'_>, from: usize) -> Option<usize> {
    if line.bold_lead > 0 && !line.bold {
        let lead = part(line.text, from, from + line.bold_lead);
        let end = from + trim_end(lead, |c| is_blank(c) || is_terminal(c) || is_comma(c)).len();
        // Bold that is broken in the middle of a word stops anywhere, and goes on.
        let rest = trim_start(part(line.text, end, line.text.len()), is_blank);
        // Behind a comma the sentence goes on that the bold words start.
        let whole = !is_comma(first(rest)) && (!line.bold_again || is_closing(first(rest)) || opens(rest));
        if whole && heads_text(line, from, end) {
            return Some(end);
        }
    }
    if let Some(end) = bracketed_lead(line, from) {
        return Some(end);
    }
    let body = line.body();
    let stop = find_char(body, |c| is_terminal(c) || is_comma(c))?;
    let sign = first(part(body, stop, body.len()));
    // A full stop behind a gap ends the first sentence of the text.
    let whole = is_colon(sign) || sign == '\u{3002}' && gap(line).is_none_or(|gap| gap > from + stop);
    if whole && heads_text(line, from, from + stop) {
        return Some(from + stop);
    }
    // White space parts a title from its text where that starts like one.
    let end = gap(line)?;
    let rest = trim_start(part(line.text, end, line.text.len()), is_blank);
    (opens(rest) && heads_text(line, from, end)).then_some(end)
}

/// Whether a line's first clause says what its first word means, or the text behind its colon what the phrase before it
/// does.
pub(super) fn is_definition(text: &str) -> bool {
    let verbs = terms(group!("definition.verb"));
    let end = find_char(text, |c| is_terminal(c) || is_comma(c)).unwrap_or(text.len());
    let rest = part(text, end, text.len());
    let says = |verb: &&str| verb.chars().nth(1).is_some() && part(text, 0, end).contains(*verb);
    verbs.iter().any(says)
        || is_colon(first(rest)) && starts_any(trim_start(rest, |c| is_colon(c) || is_blank(c)), verbs)
}

/// Whether a phrase at the start of a line can be the title of the rest.
fn heads_text(line: Line<'_>, start: usize, end: usize) -> bool {
    let (title, after) = (part(line.text, start, end), part(line.text, end, line.text.len()));
    let verbs = terms(group!("definition.verb"));
    let rest = trim_start(after, |c| is_blank(c) || is_closing(c));
    let limit = if first(after) == '\u{3002}' { 24 } else { 45 };
    // Behind a number a clause that starts like a sentence is one, though its full stop is lost.
    let sentence = line.mark.is_some_and(|m| m.kind != Number::Bullet) && opens(rest);
    (2..=limit).contains(&count(title))
        && !has(title, |c| matches!(c, '\u{3002}' | '\u{ff0c}' | '\u{ff1b}'))
        // What names who acts is a sentence, but for a few words ("What you provide.").
        && (first(after) != '\u{3002}' || count(title) <= 10 || !states(title) || end <= start + line.bold_lead)
        && !is_cut_off(title)
        && !ends_any(title, verbs)
        && !after.starts_with("://")
        // "You understand that" leads to what you understand.
        && !(starts_any(title, terms(group!("subject"))) && ends_any(title, terms(group!("consent.verb"))))
        && !starts_any(rest, verbs)
        && (is_colon(last(rest))
            || count(rest) >= 10 && (rest.contains('\u{3002}') || (count(rest) > 30 || sentence) && has(rest, |c| matches!(c, '\u{ff0c}' | '\u{ff1b}'))))
        && (!is_semicolon(last(line.text))
            || end <= start + line.bold_lead
            || is_colon(first(after)) && ends_any(title, terms(group!("heading.noun"))))
}

/// Whether a phrase says what somebody does, or must.
fn states(phrase: &str) -> bool {
    starts_any(phrase, terms(group!("subject"))) || is_statement(phrase)
}

/// Whether a phrase has a verb of doing or having to.
pub(super) fn is_statement(phrase: &str) -> bool {
    terms(group!("sentence.sign")).iter().any(|t| phrase.contains(t))
}

/// Paragraphs of one shape, a few words and a colon before sentences, are sections that run in, if most of a stretch
/// between numbers is set so: where the phrase ends in each, 0 in other lines.
fn labels(body: &Body<'_, '_>) -> Vec<u32> {
    let mut ends = vec![0; body.at.len()];
    let mut start = 0;
    for n in 0..=body.at.len() {
        let bullet = |l: Line<'_>| l.mark.is_none_or(|m| m.kind == Number::Bullet);
        if body.line(n).is_some_and(|l| bullet(l) && !l.is_table() && !matches!(l.kind, Kind::Heading(_))) {
            continue;
        }
        for (at, end) in Labels::new(body, start..n).sections() {
            if let Some(own) = ends.get_mut(at) {
                *own = end;
            }
        }
        start = n + 1;
    }
    ends
}

/// The labels of a stretch of lines.
#[derive(Default)]
struct Labels {
    /// The line of each, and where it ends.
    found: Vec<(usize, u32)>,
    /// Those without text in their line.
    bare: Vec<(usize, u32)>,
    /// The bold ones of these.
    alone: usize,
    /// Bold ones whose text says what they mean.
    defined: Vec<(usize, u32)>,
    /// Labels that are bold, or have more than one sentence behind them.
    rich: usize,
    /// One returns: they are fields of records.
    recurs: bool,
    /// The bold ones.
    bold: usize,
    /// Lines of the stretch that could be one.
    lines: usize,
}

impl Labels {
    fn new(body: &Body<'_, '_>, lines: std::ops::Range<usize>) -> Self {
        let (mut own, mut seen) = (Self::default(), Numbers::default());
        for at in lines {
            let Some(line) = body.line(at) else { continue };
            let (start, bullet) = (line.title_start(), line.mark.is_some());
            let bold = |end: usize| start + line.bold_lead >= end;
            // Bullets carry entries of lists as a rule.
            own.lines += usize::from(!bullet || line.bold_lead > 0);
            let end = label_end(line).filter(|end| !bullet || bold(*end));
            if let Some(end) = end.filter(|end| is_label_of(line, *end)) {
                own.found.push((at, end as u32));
                own.bold += usize::from(bold(end));
                own.rich += usize::from(bold(end) || stops(line.text) > 1);
                own.recurs |= seen.insert(hash(part(line.text, start, end)), at).is_some();
            } else if let Some(end) = end.filter(|end| bold(*end) && is_definition(line.body())) {
                own.defined.push((at, end as u32));
            } else if !bullet && is_bare_label(line) {
                own.bare.push((at, BARE));
                own.alone += usize::from(line.bold);
            }
        }
        own
    }

    /// The labels, if they are sections.
    fn sections(self) -> impl Iterator<Item = (usize, u32)> {
        /// Fewer are chance.
        const LABELS: usize = 3;
        let found = self.found.len();
        let most = found >= LABELS && self.rich * 2 > found && (found + self.bold) * 2 > self.lines;
        // Bold labels have bold ones beside them, whose text stands in the next line.
        let beside = self.alone >= 2 && self.bold == found && self.alone + found >= LABELS;
        let most = (most || beside) && !self.recurs;
        let few = self.defined.len() * 3 <= found;
        let defined = self.defined.into_iter().filter(move |_| few);
        self.found.into_iter().chain(self.bare).chain(defined).filter(move |_| most)
    }
}

/// A label whose text stands in the next lines.
const BARE: u32 = u32::MAX;

/// Whether a line is nothing but a label and a colon.
fn is_bare_label(line: Line<'_>) -> bool {
    let label = trim_end(line.text, is_colon);
    label.len() < line.text.len()
        && (2..=LABEL).contains(&count(label))
        && !has(label, |c| is_terminal(c) || is_comma(c))
        && !is_cut_off(label)
        && !opens(label)
        && !is_statement(label)
        && !promises(label)
        && !ends_any(label, terms(group!("phrase.never.end")))
}

/// The longest label of a paragraph, in characters.
const LABEL: usize = 16;

/// Where the label ends that a paragraph without a number starts with.
fn label_end(line: Line<'_>) -> Option<usize> {
    let start = line.title_start();
    let end = start + find_char(line.body(), |c| is_terminal(c) || is_comma(c))?;
    let label = part(line.text, start, end);
    (is_colon(first(part(line.text, end, line.text.len()))) && count(label) <= LABEL).then_some(end)
}

/// Whether a label heads the text of its line.
fn is_label_of(line: Line<'_>, end: usize) -> bool {
    let label = part(line.text, line.title_start(), end);
    (!opens(label) || line.title_start() + line.bold_lead >= end)
        && !promises(label)
        && !starts_any(label, terms(group!("person")))
        && heads_text(line, line.title_start(), end)
}

/// Whether a line without a number is a heading.
fn unnumbered(n: usize, body: &Body<'_, '_>) -> Option<Sort> {
    let own = body.line(n)?;
    if own.is_table() || own.length == 0 || own.text.contains('\t') {
        return None;
    }
    let title = own.title();
    let key = key(part(own.text, title.start(), title.end()));
    let next = body.line(n + 1)?;
    let word = own.length <= 12 && is_word(&key);
    if word || body.entry(hash(&key)).is_some() {
        // Where it is printed twice, the second heads the text.
        return (key != super::key(next.text)).then_some(if word { Sort::Word } else { Sort::Listed });
    }
    if matches!(own.kind, Kind::Heading(_)) {
        // What leads to the printed contents goes with them.
        let leads = is_colon(last(own.text)) && body.leads_to_contents(n);
        let short = count(without_note(own.text)) <= 60 && !is_sentence(own);
        return (short && !leads && !is_date(&key)).then_some(Sort::Plain);
    }
    // An entry of a list that a line leads to is none, however it is set.
    if body.listed_item(n) {
        return None;
    }
    // Around a bold cell of a table that lost its lines stand other cells.
    let prose = |l: Line<'_>| {
        l.length >= 25
            || is_terminal(last(l.text))
            || stops(l.text) > 0
            || l.mark.is_some()
            || l.kind != Kind::Paragraph
            || l.bold
    };
    // A lead-in, however bold, leads to a list.
    let bare = trim_end(own.text, is_terminal);
    let leads = promises(bare)
        || bare.len() < own.text.len() && opens(bare)
        || ends_any(bare, terms(group!("phrase.never.end")));
    let heads = (own.bold || bracketed(own.text) == Some(own.text.len()) && next.mark.is_none_or(|m| m.value < 2))
        && !leads
        && own.length <= 40
        && !is_sentence(own)
        && is_phrase(own, &key)
        && prose(next)
        && body.before(n).is_none_or(|l| prose(l) || is_closing(last(l.text)) || is_closed(n - 1, body));
    (heads || stands_alone(n, body, 25)).then_some(Sort::Plain)
}

/// Where the phrase in brackets that a line without a number starts with ends.
fn bracketed(text: &str) -> Option<usize> {
    let end = text.strip_prefix('\u{3010}')?.find('\u{3011}')? + 6;
    let inner = part(text, 3, end - 3);
    // A way through menus has its steps parted by dashes, too, or starts where such ways do.
    let dashed = has(inner, |c| matches!(c, '-' | '\u{2013}' | '\u{2014}' | '\u{ff0d}'));
    let slashed = inner.contains('/') && starts_any(inner, terms(group!("menu.start")));
    let path = dashed || slashed || has(inner, is_step);
    (!path && !has(inner, |c| is_terminal(c) || is_comma(c))).then_some(end)
}

/// A sign between the steps of a way through menus.
fn is_step(c: char) -> bool {
    matches!(c, '>' | '\u{203a}' | '\u{bb}' | '\u{2192}' | '\u{ff1e}')
}

/// Where such a phrase at a place in a line ends, if it heads the text behind it: a button's name goes on in its sentence.
fn bracketed_lead(line: Line<'_>, from: usize) -> Option<usize> {
    let end = from + bracketed(part(line.text, from, line.text.len()))?;
    let rest = trim_start(part(line.text, end, line.text.len()), is_blank);
    let leads = is_terminal(first(rest)) || opens(rest) || is_word(part(line.text, from, end));
    (leads && heads_text(line, from, end)).then_some(end)
}

/// Whether a phrase is a word such as "Preface" that heads a part of the whole.
fn is_word(text: &str) -> bool {
    terms(group!("heading.word")).contains(&key(text).as_str())
}

/// A phrase without punctuation that is no date, label or address.
fn is_phrase(line: Line<'_>, key: &str) -> bool {
    !key.is_empty()
        && !is_marker(line)
        && !has(line.text, |c| is_comma(c) || matches!(c, '\u{3002}' | '\u{ff1b}' | '@'))
        && !has(trim_end(line.text, is_colon), is_colon)
        && count_of(key, |c| c.is_ascii_digit()) < 6
        && !has(line.text, |c| is_step(c) || c == '|')
        && !terms(group!("date.label")).iter().any(|t| key.contains(t))
}

/// A mark that whoever joined the texts left, in angle brackets.
fn is_marker(line: Line<'_>) -> bool {
    line.text.starts_with('<') && line.text.ends_with('>')
}

/// Whether a line's words say when something came into force: a whole date, and what happened then.
fn is_date(key: &str) -> bool {
    /// Digits of a year, a month and a day.
    const DIGITS: usize = 6;
    count_of(key, |c| c.is_ascii_digit()) >= DIGITS && terms(group!("date.said")).iter().any(|t| key.contains(t))
}

/// Whether a short phrase stands between the end of a paragraph and one of at least `least` characters; of two such phrases
/// in a row the first one heads the second.
fn stands_alone(n: usize, body: &Body<'_, '_>, least: usize) -> bool {
    let Some(own) = body.line(n).filter(|_| is_short_phrase(n, body, false)) else { return false };
    if own.mark.is_some() {
        return (body.starts_count(n + 1)
            || heads_paragraph(n, body, least) && body.line(n + 1).is_some_and(|l| l.mark.is_none()))
            && body.before(n).and_then(|l| l.mark).is_none_or(|m| m.kind != Number::Bullet);
    }
    let closed = is_closed(n, body) || n > 0 && is_pair(n - 1, body);
    closed && (heads_paragraph(n, body, least) || is_pair(n, body))
}

/// Whether two short phrases and a paragraph follow upon each other, and what stands around are no rows of the same kind.
fn is_pair(n: usize, body: &Body<'_, '_>) -> bool {
    let two = |n: usize| {
        let phrase = |n: usize| body.line(n).is_some_and(|l| l.mark.is_none()) && is_short_phrase(n, body, false);
        phrase(n) && phrase(n + 1)
    };
    two(n) && is_closed(n, body) && heads_paragraph(n + 1, body, 15) && !two(n + 3) && (n < 3 || !two(n - 3))
}

/// Whether a line can be a heading without a number, as far as its own words tell; `colon`: one with a colon behind it.
fn is_short_phrase(n: usize, body: &Body<'_, '_>, colon: bool) -> bool {
    let Some(own) = body.line(n) else { return false };
    let bullet = own.mark.is_some_and(|m| m.kind == Number::Bullet);
    let text = trim_end(own.body(), is_colon);
    if own.mark.is_some() && !bullet
        || !(1..=22).contains(&own.length)
        || own.kind != Kind::Paragraph
        || is_cut_off(text)
        || ends_any(text, terms(group!("phrase.never.end")))
        || starts_any(text, terms(group!("phrase.never.start")))
        || promises(text)
        || text.contains('\t')
        || !is_phrase(own, &key(text))
    {
        return false;
    }
    // A question is a heading, and a list's name may end with a colon; otherwise that leads in.
    let end = last(own.text);
    if is_colon(end) && !ends_any(text, terms(group!("heading.list"))) {
        return colon && own.length <= 13 && !bullet && !opens(text);
    }
    !colon && (!is_terminal(end) || is_colon(end) || matches!(end, '?' | '\u{ff1f}'))
}

/// Whether a paragraph of at least `least` characters, or the first of numbered ones, follows a line. What stands before a
/// table heads it, where no element says that it is a caption.
fn heads_paragraph(n: usize, body: &Body<'_, '_>, least: usize) -> bool {
    body.line(n + 1).is_some_and(|next| {
        if next.is_table() {
            return !body.page && matches!(next.kind, Kind::Head(_) | Kind::Row(_, 0));
        }
        next.length >= least
            && !is_field(next)
            && (is_sentence(next) || is_colon(last(next.text)) || is_long(next))
            && next.mark.is_none_or(|m| m.value <= 1)
    })
}

/// Whether what stands before a line has ended.
fn is_closed(n: usize, body: &Body<'_, '_>) -> bool {
    body.before(n).is_none_or(|p| {
        is_closing(last(p.text)) && !is_colon(last(p.text))
            || is_long(p)
            || p.is_table()
            || is_marker(p)
            || p.mark.is_some_and(|m| m.kind < Number::Enclosed) && p.length < 40
    })
}

/// A paragraph, though its full stop may be lost.
fn is_long(line: Line<'_>) -> bool {
    line.length >= 40 && has(line.text, is_comma) && !is_colon(last(line.text))
}

/// Whether a few words and a colon stand between paragraphs: a title where the policy sets several so. Lead-ins speak of
/// who acts, or of what follows.
fn is_label(n: usize, body: &Body<'_, '_>) -> bool {
    let plain = body.line(n + 1).is_some_and(|l| l.mark.is_none());
    plain && is_short_phrase(n, body, true) && is_closed(n, body) && heads_paragraph(n, body, 25)
}

/// A label of a few characters and its value, no sentence: what stands before it names one entry of a list.
fn is_field(line: Line<'_>) -> bool {
    find_char(line.text, is_colon).is_some_and(|at| at < 15 && at + 3 < line.text.len())
        && !line.text.contains('\u{3002}')
}

/// Titles of further documents: lines that read like a policy's title, behind which the numbers start again, or no number
/// stands any more but headings without one; and lines that end in a word for a document, right before a count that starts
/// on the outermost level, or behind the last number of that. `own` is the key of the policy's own title.
fn documents(body: &Body<'_, '_>, counts: &Counts, own: &str) -> Vec<usize> {
    /// Lines between such a title and its first number: a preface.
    const PREFACE: usize = 12;
    let mut out = Vec::new();
    let mut main: Option<Main> = None;
    // The line that waits, and whether it is a policy's title.
    let mut waiting: Option<(usize, bool)> = None;
    // Weak headings behind the one that waits.
    let mut headed = 0;
    for n in 0..body.at.len() {
        let Some(line) = body.line(n) else { continue };
        headed += usize::from(body.weak.get(n) == Some(&true));
        let Some(mark) = line.mark else {
            let policy = is_policy_title(line);
            if main.is_some_and(|m| m.value > 1)
                && (policy || is_document_title(n, body) && waiting.is_none_or(|w| !w.1))
                && (key(line.text) != own || matches!(line.kind, Kind::Heading(1)))
            {
                waiting = Some((n, policy));
                headed = 0;
            }
            continue;
        };
        let titled = (Number::Part..=Number::Decimal).contains(&mark.kind)
            && !matches!(body.shape(n), Shape::Text | Shape::Stopped)
            && (mark.kind < Number::Decimal || !is_sentence(line));
        let count = counts.of(n).and_then(|c| counts.all.get(c));
        let outer = main.is_none_or(|m| mark.kind <= m.kind);
        let near = |at: usize| mark.value == 1 && n <= at + PREFACE;
        if titled && outer {
            let starts = count.is_some_and(|c| c.first as usize == n && c.holder == NONE);
            if let Some((at, policy)) = waiting.take()
                && (policy && (mark.value == 1 || headed > 2) || starts && near(at))
            {
                out.push(at);
            }
            main = Some(Main { kind: mark.kind, value: mark.value, line: n });
        } else if titled
            && let (Some((at, _)), Some(before), Some(count)) = (waiting, main, count)
            && near(at)
            && count.first as usize == n
            && count.last > count.first
            && (count.holder == NONE || count.holder as usize == before.line)
            && counts.of(before.line).and_then(|c| counts.all.get(c)).is_some_and(|c| c.last as usize == before.line)
        {
            waiting = None;
            out.push(at);
            main = Some(Main { kind: mark.kind, value: mark.value, line: n });
        }
    }
    if headed > 2 {
        out.extend(waiting.filter(|w| w.1).map(|w| w.0));
    }
    out
}

/// The latest number of the outermost kind so far.
#[derive(Clone, Copy)]
struct Main {
    kind: Number,
    value: u32,
    line: usize,
}

/// Whether a line stands alone and ends in a word for a document.
fn is_document_title(n: usize, body: &Body<'_, '_>) -> bool {
    /// The longest such title, in characters.
    const LONGEST: usize = 30;
    body.line(n).is_some_and(|own| {
        (5..=LONGEST).contains(&own.length)
            && !own.is_table()
            && is_phrase(own, &key(own.text))
            && !is_terminal(last(own.text))
            && ends_any(own.text.trim_end_matches(is_closing), terms(group!("document")))
    }) && (is_closed(n, body) || body.before(n).is_some_and(is_field))
}
