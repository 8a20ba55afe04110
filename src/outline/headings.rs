//! Lines → which of them are headings, alone in their line or at its start (run in).
//!
//! A line is judged by its own shape first: short, without sentence punctuation. Numbered lines are then judged together
//! with their siblings (`series`), as enumerations carry the same marks: where entries end with a semicolon, or stand
//! without text between them, they are items; where text follows most of them, they are headings. Lines without a number
//! are headings by markup, bold, a word such as "Preface", or where a short phrase stands alone before a paragraph.

use super::body::Body;
use super::counts::{Count, Counts, NONE};
use super::documents::documents;
use super::labels::{BARE, LABEL, label_end, labels};
use super::phrases::{is_closed, is_place, is_short_phrase, is_word, unnumbered};
use super::series::{Series, Verdict};
use super::shapes::{Shape, acts, bracketed, bracketed_lead, heads_text, is_lead, opens, promises, states};
use super::{Line, Lines, Role, key};
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::Kind as Number;
use crate::text::{
    Numbers, Span, count, count_of, ends_any, first, has, hash, is_colon, is_comma, is_digit, is_letter, is_worded,
    part, starts_any, stops, trim_end,
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
    // What holds a line that others prove is proved by that.
    for _ in 0..2 {
        judge.complete(&mut heads);
    }
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
            let untitled = sort == Sort::Numbered && title.is_empty();
            if is_worded(words) && !digits || untitled {
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

    /// Adds what headings elsewhere prove: the lines in which they are counted, and the phrases before a
    /// colon that one of them nearly repeats ("transfer with consent", "sharing with consent"), or most of whose count
    /// are such.
    fn complete(&self, heads: &mut Vec<Head>) {
        let proof = Proof::new(self, heads);
        let found = heads.len();
        let mut next = 0;
        for (n, own) in self.body.at.iter().enumerate() {
            while heads.get(next).filter(|_| next < found).is_some_and(|h| h.line < *own) {
                next += 1;
            }
            let is_head = next < found && heads.get(next).is_some_and(|h| h.line == *own);
            let Some(line) = self.body.line(n).filter(|l| !is_head && l.mark.is_some_and(|m| m.kind != Number::Bullet))
            else {
                continue;
            };
            let held = proof.holds.get(n) == Some(&true);
            let (end, colon) = match self.body.shape(n) {
                Shape::RunIn(end) => (end as usize, held || self.series.verdict(n).free),
                // It ends with a semicolon.
                Shape::Text => (label_end(line).unwrap_or(0), true),
                Shape::Stopped => (0, false),
                _ => (line.text.len(), false),
            };
            let title = run_in_title(line, end);
            let among = self.series.of(n).and_then(|c| proof.most.get(c)).is_some_and(|most| *most >= 0);
            let told = || held || among || stem(line, title).is_some_and(|stem| proof.stems.get(stem).is_some());
            let runs_in = colon && is_colon(first(part(line.text, end, line.text.len()))) && !is_value(line, end);
            let leads = held && end == line.text.len();
            if end > 0 && (leads || runs_in && told()) {
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
        let lead = |at: usize| self.body.line(at).filter(|l| l.mark.is_none()).and_then(|l| bracketed_lead(l, 0));
        // Between two such phrases one heads its sentence, whatever that starts with.
        let between = || n.checked_sub(1).and_then(lead).and(lead(n + 1)).and(bracketed(line.text));
        let among = || between().filter(|end| heads_text(line, 0, *end));
        if line.mark.is_none()
            && let Some(end) = lead(n).or_else(among)
        {
            let sort = if is_word(part(line.text, 0, end)) { Sort::Word } else { Sort::Plain };
            return Some((super::trim_title(line.text, Span::new(0, end)), true, sort));
        }
        if let Some(end) = self.labels.get(n).copied().filter(|end| *end > 0) {
            let title = super::trim_title(line.text, Span::new(line.title_start(), line.text.len().min(end as usize)));
            return Some((title, end != BARE, Sort::Plain));
        }
        if line.mark.is_some() && self.bulleted <= 2 && !self.is_bulleted(n) {
            return None;
        }
        let weak = self.body.weak.get(n) == Some(&true) && (self.customary > 1 || self.series.lacks_one(n));
        // Nor need a phrase before the first of a count have a paragraph behind it where a number is missing, or where
        // the count is one of titles within a chapter.
        let inner = || self.body.line(n + 1).and_then(|l| l.mark).is_some_and(|m| m.kind >= Number::Enclosed);
        let counts = || self.series.lacks_one(n) || self.series.verdict(n + 1).firm && inner();
        let numbers = || self.body.starts_count(n + 1) && counts();
        let first = || line.mark.is_none() && (numbers() || self.is_bulleted(n + 1));
        let lost = || first() && is_short_phrase(n, self.body, false) && is_closed(n, self.body);
        let sort = unnumbered(n, self.body).or((weak || lost()).then_some(Sort::Plain))?;
        let table = || self.body.line(n + 1).is_some_and(|l| matches!(l.kind, Kind::Head(_) | Kind::Row(..)));
        Some((line.title(), false, if sort == Sort::Plain && table() { Sort::Caption } else { sort }))
    }

    /// Whether a short phrase behind a bullet stands before a paragraph, and others do there: one or two are chance, unless
    /// they stand beside each other.
    fn is_bulleted(&self, n: usize) -> bool {
        let weak =
            |n: usize| self.body.weak.get(n) == Some(&true) && self.body.line(n).is_some_and(|l| l.mark.is_some());
        weak(n) && (self.bulleted > 2 || weak(n + 2) || n.checked_sub(2).is_some_and(weak))
    }

    /// Whether an inner line only leads to the list behind it: by its own words, or as a clause among sentences.
    fn leads(&self, n: usize, line: Line<'_>, kind: Number) -> bool {
        let (body, bare) = (line.body(), trim_end(line.text, is_colon));
        let noun = starts_any(body, terms(group!("subject"))) || ends_any(bare, terms(group!("heading.noun")));
        let among = self.series.verdict(n).sentences && !noun || has(body, is_comma);
        let clause = opens(body) && among && bare.len() < line.text.len();
        let cut = kind == Number::HanEnclosed && ends_any(bare, terms(group!("phrase.never.end")));
        is_lead(line) && (cut || kind >= Number::Decimal) || clause && kind >= Number::Decimal
    }

    /// The title of a numbered heading, and whether it runs in.
    fn numbered(&self, n: usize, line: Line<'_>) -> Option<(Span, bool)> {
        let (verdict, kind) = (self.series.verdict(n), line.mark?.kind);
        let text = || self.series.has_text(n, self.body);
        // Articles are parts of the whole, with a title or without one.
        let article = kind == Number::Article && verdict.titles;
        let untitled = || Some((Span::new(line.title_start(), line.title_start()), true));
        let heads = match self.body.shape(n) {
            Shape::Sure if article && is_lead(line) => return untitled(),
            Shape::Sure => true,
            Shape::Title => {
                let sentence = verdict.sentences || verdict.single || has(line.text, is_comma) && opens(line.body());
                !(sentence && self.leads(n, line, kind)) && verdict.titles && (verdict.firm || text())
            }
            Shape::Stopped => {
                let like = kind < Number::Enclosed || !verdict.sentences;
                verdict.heads && (verdict.among || like && text())
            }
            Shape::Long => verdict.heads && verdict.titles && text(),
            Shape::RunIn(end) => {
                let end = end as usize;
                let alone = verdict.free && is_noun(line, end);
                // A full stop ends a sentence as well: what is no short phrase needs siblings that are headings.
                let stopped = first(part(line.text, end, line.text.len())) == '\u{3002}' && line.bold_lead == 0;
                let title = part(line.text, line.title_start(), end);
                let phrase = count(title) <= PHRASE && !acts(title);
                let stays = !stopped || phrase || verdict.heads || verdict.several;
                let among = runs_in(verdict, line, end) && stays;
                return (among || alone).then(|| (run_in_title(line, end), true));
            }
            Shape::Gap(end) => {
                return (verdict.heads && verdict.titles).then(|| (run_in_title(line, end as usize), true));
            }
            Shape::Text if article => return untitled(),
            Shape::Text => false,
            // Inner numbers carry items, too, unless deeper ones start with theirs.
            Shape::Lead => {
                let inner = self.series.of(n + 1).and_then(|count| self.series.holder(count as u32)) == Some(n);
                let dotted = matches!(kind, Number::Multi(_)) && inner;
                let among = kind <= Number::HanEnclosed || dotted || verdict.heads && verdict.firm;
                // It says something as well.
                return (verdict.leads && text() && among).then(|| (line.title(), true));
            }
        };
        heads.then(|| (line.title(), false))
    }
}

/// The longest phrase before a full stop that is a title rather than a sentence, in characters.
const PHRASE: usize = 14;

/// What headings prove of other lines.
struct Proof {
    /// The beginnings of their titles.
    stems: Numbers,
    /// For each line of the body whether headings are counted in it.
    holds: Vec<bool>,
    /// For each count twice the headings that run in, less its members.
    most: Vec<i32>,
}

impl Proof {
    fn new(judge: &Judge<'_, '_, '_>, heads: &[Head]) -> Self {
        // No more counts than lines.
        let all = judge.body.at.len();
        let mut own = Self { stems: Numbers::default(), holds: vec![false; all], most: vec![0; all] };
        for head in heads {
            if let Some(stem) = judge.body.lines.get(head.line as usize).and_then(|line| stem(line, head.title)) {
                own.stems.insert(stem, head.line as usize);
            }
            if let Some(most) = own.most.get_mut(head.count as usize) {
                *most += 2 * i32::from(head.run_in);
            }
            if let Some(holds) = judge.series.holder(head.count).and_then(|n| own.holds.get_mut(n)) {
                *holds = true;
            }
        }
        for n in 0..all {
            if let Some(most) = judge.series.of(n).and_then(|count| own.most.get_mut(count)) {
                *most -= 1;
            }
        }
        own
    }
}

/// All of a line's long title but its last word, hashed.
fn stem(line: Line<'_>, title: Span) -> Option<u64> {
    /// Characters of a stem that is no chance.
    const STEM: usize = 7;
    /// Those of a last word.
    const WORD: usize = 2;
    let key = key(part(line.text, title.start(), title.end()));
    let end = key.char_indices().rev().nth(WORD - 1)?.0;
    let stem = part(&key, 0, end);
    (count(stem) >= STEM).then(|| hash(stem))
}

/// The title of a heading that runs in.
fn run_in_title(line: Line<'_>, end: usize) -> Span {
    super::trim_title(line.text, Span::new(line.title_start(), end))
}

/// Whether the phrase at the start of a numbered line is a heading. Letters and signs carry items as well: what they head
/// has more than one sentence, as a rule, is bold, or stands beside titles.
fn runs_in(verdict: Verdict, line: Line<'_>, end: usize) -> bool {
    verdict.run_ins
        && !is_value(line, end)
        && (line.mark.is_some_and(|m| m.kind <= Number::Close) || line.bold_lead > 0 || verdict.rich || verdict.beside)
}

/// Whether a phrase at the start of a numbered line is a heading whatever its siblings are: a noun before a colon, or one
/// in brackets.
fn is_noun(line: Line<'_>, end: usize) -> bool {
    let title = part(line.text, line.title_start(), end);
    let rest = part(line.text, end, line.text.len());
    let bold = line.title_start() + line.bold_lead >= end;
    let parted = bold || is_colon(first(rest)) || bracketed(title) == Some(title.len());
    let noun = first(rest) == '\u{3002}' && ends_any(title, terms(group!("heading.noun"))) && !states(title);
    let mark = line.mark.is_some_and(|m| m.kind <= Number::Close);
    mark && (parted || noun) && count(title) <= LABEL && !opens(title) && !promises(title) && !is_value(line, end)
}

/// Whether a phrase at the start of a line is the label of a value behind it: of a date, an address, a telephone.
fn is_value(line: Line<'_>, end: usize) -> bool {
    /// Digits of a year, and of a telephone.
    const DIGITS: [usize; 2] = [4, 7];
    let (title, rest) = (key(part(line.text, line.title_start(), end)), part(line.text, end, line.text.len()));
    let digits = count_of(rest, |c| c.is_ascii_digit());
    let reached = || has(rest, |c| c == '@') || digits >= DIGITS[1] || is_place(rest);
    let told = || stops(rest) > 1 || terms(group!("person")).iter().any(|p| rest.contains(p));
    // A chapter is one, whatever it says.
    let inner = line.mark.is_some_and(|m| m.kind > Number::HanEnclosed);
    terms(group!("date.label")).contains(&title.as_str()) && digits >= DIGITS[0] || inner && reached() && !told()
}
