//! Lines → printed contents: runs of short lines that name what is printed elsewhere.
//!
//! Three or more siblings of one kind of number without text between them (or under a line such as "Contents"), most of
//! which return as lines that head something. A list of exceptions that is printed twice heads nothing: its members return
//! among their siblings.

use super::aside::is_policy_title;
use super::{Line, Lines, Role, key};
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::{Kind as Number, Mark};
use crate::text::{
    Index, Numbers, ends_any, has, hash, is_colon, is_letter, is_semicolon, is_terminal, last, part, trim_end,
};
use std::ops::Range;

/// The longest entry, in characters: no heading of the policies we know is longer.
const LONGEST: usize = 60;

/// Of 10 entries so many return where nothing announces them, and where a line does.
const SHARE: usize = 6;
const SHARE_LED: usize = 5;

/// Two printings of a title have half of their characters in common where they have the same number, and 7 of 10 without.
const ALIKE_NUMBERED: usize = 5;
const ALIKE: usize = 7;

/// What is printed more often is a label that recurs.
const PRINTED: usize = 4;

/// Headings that an entry without a match is compared with, and comparisons in a document: they keep this linear.
const HEADINGS: usize = 100;
const COMPARISONS: usize = 20_000;

/// A line as printed contents see it.
#[expect(clippy::struct_excessive_bools, reason = "independent observations")]
struct Entry {
    /// A word such as "Contents".
    word: bool,
    /// Such a word, or a short line that ends with one: it only names what follows, and belongs to it.
    names: bool,
    /// The same, or a sentence that leads to contents.
    leads: bool,
    /// It can be an entry.
    fits: bool,
}

/// Its words without the page number; only short lines are compared.
fn words(line: Line<'_>) -> String {
    if line.length <= LONGEST { key(without_page(line.body())) } else { String::new() }
}

fn entry(line: Line<'_>, key: &str, role: Role) -> Entry {
    let words = terms(group!("contents"));
    let word = words.contains(&key);
    let marked = matches!(line.kind, Kind::Heading(_));
    let short = line.mark.is_none() && line.length <= 30 && !is_terminal(last(line.text));
    let sentence = line.length <= LONGEST && (is_colon(last(line.text)) || last(line.text) == '\u{3002}');
    let speaks = (sentence || marked) && words.iter().any(|w| key.contains(w));
    let names = word || short && ends_any(key, words) || marked && line.mark.is_none() && speaks;
    let leads = names || speaks;
    Entry { word, names, leads, fits: is_free(role) && is_entry(line) && !leads }
}

fn is_free(role: Role) -> bool {
    matches!(role, Role::Body(0) | Role::Noise)
}

/// Where words and numbers are printed.
struct Printed<'l, 'd> {
    lines: &'l Lines<'d>,
    entries: Vec<Entry>,
    words: Index,
    numbers: Index,
    /// Lines that head something by their markup or number.
    headings: Vec<usize>,
    comparisons: usize,
}

/// Finds the printed contents and says so of their lines.
pub(super) fn find(lines: &Lines<'_>, roles: &mut [Role]) {
    let mut printed = Printed::new(lines, roles);
    let mut i = 0;
    while i < lines.len() {
        if !printed.fits(i) {
            i += 1;
            continue;
        }
        let whole = printed.run(i);
        i = whole.end;
        let led = printed.led(whole.start, roles);
        if let Some(run) = printed.judge(&whole, &led) {
            i = run.end;
            let named = whole.start - usize::from(led.named);
            for (j, role) in roles.iter_mut().enumerate().take(run.end).skip(named) {
                if j < whole.start || j >= run.start {
                    *role = Role::Contents;
                }
            }
        }
    }
}

/// What stands before a run.
struct Led {
    /// Something announces contents.
    leads: bool,
    /// The line right before it is a word such as "Contents".
    word: bool,
    /// That line only names the contents.
    named: bool,
}

/// A printed entry without the page number behind its leader dots or white space.
fn without_page(text: &str) -> &str {
    let title = trim_end(text, |c| c.is_ascii_digit());
    if is_letter(last(title)) { text } else { title }
}

/// A line that can be a title.
fn is_short(line: Line<'_>) -> bool {
    (1..=LONGEST).contains(&line.length)
        && !line.is_table()
        // A label and its value name nothing that follows.
        && (line.mark.is_some() || !has(trim_end(line.text, is_terminal), is_colon))
        && !is_semicolon(last(line.text))
        && last(line.text) != '\u{ff0c}'
        && !line.text.contains('\u{3002}')
}

/// A line that can be an entry: the same, or with a full stop or a semicolon behind it.
fn is_entry(line: Line<'_>) -> bool {
    let bare = trim_end(line.text, is_terminal);
    (1..=LONGEST).contains(&line.length)
        && !line.is_table()
        && (line.mark.is_some() || !has(bare, is_colon))
        && last(line.text) != '\u{ff0c}'
        && !has(bare, |c| c == '\u{3002}' || is_semicolon(c))
}

impl<'l, 'd> Printed<'l, 'd> {
    fn new(lines: &'l Lines<'d>, roles: &[Role]) -> Self {
        let mut entries = Vec::with_capacity(lines.len());
        // There may be as many as lines: growing would take room for twice as many.
        let (mut places, mut numbers) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
        for (i, (line, role)) in lines.iter().zip(roles).enumerate() {
            let key = words(line);
            if is_free(*role) && line.length <= LONGEST {
                places.push((hash(&key), i));
                if let Some(mark) = line.mark {
                    numbers.push((mark.kind.code(mark.value), i));
                }
            }
            entries.push(entry(line, &key, *role));
        }
        let (words, numbers) = (Index::sorted(places), Index::sorted(numbers));
        let mut printed = Self { lines, entries, words, numbers, headings: Vec::new(), comparisons: COMPARISONS };
        for (i, line) in lines.iter().enumerate() {
            let told = matches!(line.kind, Kind::Heading(_)) || line.mark.is_some_and(|m| m.kind <= Number::Decimal);
            if printed.headings.len() < HEADINGS && told && printed.fits(i) && printed.heads(i) {
                printed.headings.push(i);
            }
        }
        printed
    }

    /// What announces a run: the line before it, or the one before that.
    fn led(&self, start: usize, roles: &[Role]) -> Led {
        let before = |n: usize| start.checked_sub(n).and_then(|at| self.entries.get(at));
        let word = before(1).is_some_and(|b| b.word);
        let named = before(1).is_some_and(|b| b.names);
        // Navigation leads as a line such as "Contents" does.
        let leads = before(1).or(before(2)).is_some_and(|b| b.leads)
            || before(2).is_some_and(|b| b.leads) && before(1).is_some_and(|b| !b.fits)
            || roles.get(start) == Some(&Role::Noise);
        Led { leads, word, named }
    }

    /// The entries of a run, if most of them are printed elsewhere as lines that head something.
    fn judge(&mut self, whole: &Range<usize>, led: &Led) -> Option<Range<usize>> {
        let mut known: Vec<bool> = whole.clone().map(|j| self.returns(j, whole, true)).collect();
        let returned = |known: &[bool]| known.iter().filter(|k| **k).count();
        let many = returned(&known);
        if led.leads || many >= 3 && many * 2 >= whole.len() {
            for (known, j) in known.iter_mut().zip(whole.clone()) {
                *known = *known || self.returns(j, whole, false);
            }
        }
        if led.leads {
            for (known, j) in known.iter_mut().zip(whole.clone()) {
                *known = *known || self.resembles(j, whole);
            }
        }
        let run = self.entries(whole, &known);
        let known = known.get(run.start - whole.start..run.end - whole.start).unwrap_or(&[]);
        let (size, returned) = (run.len(), returned(known));
        let pair = led.word && returned == size;
        // Whatever a line with a colon says, entries that all return are contents.
        let colon = self.ends_with_colon(run.start);
        let share = if led.leads { SHARE_LED } else { SHARE };
        let counted = self.counted(whole, run.start);
        let start = if led.leads || self.ends_with_colon(counted) { counted } else { run.start };
        if let Some(parts) = self.parts(whole) {
            return Some(parts);
        }
        (size >= if pair { 2 } else { 3 }
            && (led.leads || colon && returned == size || returned >= 5 || siblings(self.lines, run.clone()) >= 3)
            && returned * 10 >= size * share)
            .then_some(start..run.end)
    }

    /// Whether the line before a place ends with a colon.
    fn ends_with_colon(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|at| self.lines.get(at)).is_some_and(|l| is_colon(last(l.text)))
    }

    /// The entries of a run, if a line with a colon leads to a list of parts, chapters or articles without text between them.
    fn parts(&self, run: &Range<usize>) -> Option<Range<usize>> {
        let part = |i: &usize| {
            let item = self.lines.get(*i).is_some_and(|l| matches!(l.kind, Kind::Item(_)));
            item && self.mark(*i).is_some_and(|m| m.kind <= Number::Article && m.kind > Number::Appendix)
        };
        let from = run.clone().find(part).filter(|from| self.ends_with_colon(*from))?;
        let parts = from..from + (from..run.end).take_while(part).count();
        (parts.len() > 2).then_some(parts)
    }

    /// Where the entries of a run start whose numbers count up to the first that returns.
    fn counted(&self, run: &Range<usize>, first: usize) -> usize {
        let mark = |i: usize| self.mark(i);
        let Some(own) = mark(first) else { return first };
        let counts = |i: &usize| {
            mark(*i).is_some_and(|m| m.kind == own.kind && m.value as usize + first == own.value as usize + i)
        };
        first - (run.start..first).rev().take_while(counts).count()
    }

    /// Whether a heading elsewhere has most of an entry's words.
    fn resembles(&mut self, i: usize, run: &Range<usize>) -> bool {
        let key = self.key(i);
        for at in &self.headings {
            if self.comparisons == 0 {
                break;
            }
            if !run.contains(at) {
                self.comparisons -= 1;
                if alike(&key, &self.key(*at), ALIKE) {
                    return true;
                }
            }
        }
        false
    }

    fn fits(&self, i: usize) -> bool {
        self.entries.get(i).is_some_and(|e| e.fits)
    }

    /// A line's number: signs count nothing.
    fn mark(&self, i: usize) -> Option<Mark> {
        self.lines.get(i).and_then(|l| l.mark).filter(|m| m.kind != Number::Bullet)
    }

    fn key(&self, i: usize) -> String {
        self.lines.get(i).map_or_else(String::new, words)
    }

    /// From `start` on, the lines that can be entries, up to where the first of them is printed again.
    fn run(&self, start: usize) -> Range<usize> {
        let mut last: Vec<(Number, usize)> = Vec::new();
        let mut outermost = None;
        let mut seen = Numbers::default();
        let mut end = start;
        let opening = self.key(start);
        while self.fits(end) {
            let mark = self.mark(end);
            if let Some(m) = mark {
                // A count that starts again with no outer number in between is the text's own first heading.
                let (mut before, mut outer) = (None, None);
                for (kind, at) in &last {
                    if *kind == m.kind {
                        before = Some(*at);
                    } else if *kind < m.kind {
                        outer = outer.max(Some(*at));
                    }
                }
                if m.value <= 1 && before.is_some() && outer <= before {
                    break;
                }
                // Nor does an outer kind of number start behind inner ones: that is the text's own, in other words.
                if m.value <= 1 && m.kind > Number::Appendix && outermost.is_some_and(|o| m.kind < o) {
                    break;
                }
                put(&mut last, m.kind, end);
                outermost = outermost.or(Some(m.kind));
            }
            let key = self.key(end);
            // Entries may have lost the numbers that their headings have.
            let kind = mark.map(|m| m.kind);
            let first = opening == key;
            if let Some(before) = seen.insert(hash(&key), end)
                && let before = self.mark(before).map(|m| m.kind)
                && (first || before != kind || kind == outermost)
            {
                break;
            }
            end += 1;
        }
        start..end.max(start + 1)
    }

    /// The part of a run from the first entry that returns on: entries that return, or count on from the one before.
    fn entries(&self, run: &Range<usize>, known: &[bool]) -> Range<usize> {
        let Some(skipped) = known.iter().position(|k| *k) else { return run.start..run.start };
        let start = run.start + skipped;
        let mut last: Vec<(Number, usize)> = Vec::new();
        let mut end = start;
        for j in start..run.end {
            let mark = self.mark(j);
            let mut counts = false;
            if let Some(m) = mark {
                let before = last.iter().find(|l| l.0 == m.kind).map_or(0, |l| l.1);
                counts = m.kind == Number::Appendix || before + 1 == m.value as usize;
            }
            if known.get(j - run.start) != Some(&true) && !counts {
                // Without numbers only what stands between entries that return can be told for one.
                if mark.is_some() || !last.is_empty() || j > end + 2 {
                    break;
                }
                continue;
            }
            if let Some(m) = mark {
                put(&mut last, m.kind, m.value as usize);
            }
            end = j + 1;
        }
        // The title of the policy itself may follow.
        while end > start && self.lines.get(end - 1).is_some_and(|l| l.mark.is_none() && is_policy_title(l)) {
            end -= 1;
        }
        start..end
    }

    /// Whether an entry is printed once more outside of its run: the same words where text follows them (in a list printed
    /// twice they head nothing), or else the same number with most of the words.
    fn returns(&self, i: usize, run: &Range<usize>, exactly: bool) -> bool {
        let key = self.key(i);
        let places = match self.mark(i) {
            _ if exactly => Some(self.words.of(hash(&key))).filter(|p| p.len() <= PRINTED).unwrap_or(&[]),
            Some(mark) => self.numbers.of(mark.kind.code(mark.value)),
            None => return false,
        };
        let before = places.partition_point(|p| p.1 < run.start);
        let after = places.partition_point(|p| p.1 < run.end);
        // A few are enough, and keep this linear.
        for range in [before.saturating_sub(4)..before, after..(after + 4).min(places.len())] {
            for place in places.get(range).unwrap_or(&[]) {
                if if exactly {
                    self.heads(place.1) && !self.goes_on_alike(i, place.1)
                } else {
                    alike(&key, &self.key(place.1), ALIKE_NUMBERED)
                } {
                    return true;
                }
            }
        }
        false
    }

    /// Whether the same stands behind two lines: a text that is printed twice is no contents of itself.
    fn goes_on_alike(&self, i: usize, other: usize) -> bool {
        let (key, next) = (self.key(i + 1), self.key(other + 1));
        !key.is_empty() && key == next
    }

    /// Whether something else than the next of its kind follows a line.
    fn heads(&self, i: usize) -> bool {
        let (Some(line), Some(next)) = (self.lines.get(i), self.lines.get(i + 1)) else { return false };
        match (line.mark, next.mark) {
            (Some(a), Some(b)) => a.kind != b.kind,
            // Of two headings in a row the first one heads the second.
            (None, None) => {
                let text = |l: Line<'_>| l.mark.is_some() || !is_short(l) || has(l.text, |c| is_colon(c) || c == '@');
                text(next) || self.lines.get(i + 2).is_some_and(text)
            }
            _ => true,
        }
    }
}

/// The most lines of one kind of number.
fn siblings(lines: &Lines<'_>, run: Range<usize>) -> usize {
    let mut counts = Numbers::default();
    let mut most = 0;
    for i in run {
        if let Some(mark) = lines.get(i).and_then(|l| l.mark) {
            let count = counts.get(mark.kind.code(0)).unwrap_or(0) + 1;
            counts.insert(mark.kind.code(0), count);
            most = most.max(count);
        }
    }
    most
}

/// Sets the value of a kind; there are few kinds.
fn put(list: &mut Vec<(Number, usize)>, kind: Number, value: usize) {
    for known in list.iter_mut() {
        if known.0 == kind {
            known.1 = value;
            return;
        }
    }
    list.push((kind, value));
}

/// Whether Dice's coefficient of the characters of two short titles is so many tenths or more.
fn alike(a: &str, b: &str, tenths: usize) -> bool {
    let (mut all, mut common) = (0, 0);
    for (text, other) in [(a, b), (b, a)] {
        for (i, c) in text.char_indices() {
            // (`contains` makes a searcher for each character.)
            let holds = |text: &str| text.chars().any(|o| o == c);
            if !holds(part(text, 0, i)) {
                all += 1;
                common += usize::from(holds(other));
            }
        }
    }
    common > 0 && common * 10 >= all * tenths
}
