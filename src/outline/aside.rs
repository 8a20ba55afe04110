//! Lines → what is no part of the policy's text: its title, printed contents, page chrome.

use super::{Line, Lines, Role, key};
use crate::blocks::{Document, Kind, Shape, is_title};
use crate::lexicon::{self, group, terms};
use crate::numbering::Kind as Number;
use crate::text::{
    Index, Numbers, ends_any, has, hash, is_colon, is_letter, is_semicolon, is_terminal, last, part, stops, trim_end,
};
use std::ops::Range;

/// A first role for every block: `Body(0)` where nothing speaks against it.
pub(super) fn find(document: &Document, lines: &Lines<'_>) -> Vec<Role> {
    let mut roles = Vec::with_capacity(lines.len());
    for line in lines.iter() {
        roles.push(if line.kind == Kind::Noise { Role::Noise } else { Role::Body(0) });
    }
    title(lines, &mut roles, matches!(document.shape, Shape::OneLine | Shape::Html));
    contents(lines, &mut roles);
    footer(document, lines, &mut roles);
    roles
}

/// The last line before the first sentence that reads like a policy's title; what stands before it on a page is chrome.
fn title(lines: &Lines<'_>, roles: &mut [Role], page: bool) {
    let prose = |line: Line<'_>| line.length > 45 && stops(line.text) > 0 || line.is_table();
    let (mut first, mut found) = (None, None);
    // Characters of sentences so far: short ones add up.
    let mut said = 0;
    for (i, (line, role)) in lines.iter().zip(&*roles).enumerate() {
        if *role == Role::Noise {
            continue;
        }
        first = first.or(Some(i));
        said += if stops(line.text) > 0 { line.length } else { 0 };
        let counts = line.mark.is_some_and(|m| m.kind != Number::Bullet);
        if i >= 400 || said > 45 || line.is_table() || counts && found.is_some() {
            break;
        }
        if line.mark.is_none() && is_policy_title(line) {
            found = Some(i);
        }
    }
    // An explicit first heading without such words is a title, too.
    let Some(found) = found.or(first) else { return };
    let Some(own) = lines.get(found) else { return };
    if !(own.mark.is_none() && (is_policy_title(own) || own.kind == Kind::Heading(1) && own.length <= 40)) {
        return;
    }
    let name = key(own.text);
    for (i, (role, line)) in roles.iter_mut().zip(lines.iter()).enumerate() {
        if i == found {
            *role = Role::Title;
            break;
        }
        if page && !prose(line) || key(line.text) == name {
            *role = Role::Noise;
        }
    }
}

/// Whether a line reads like the title of a policy.
pub(super) fn is_policy_title(line: Line<'_>) -> bool {
    line.length <= 40 && is_title(line.text)
}

/// The tail of a page behind the policy's last sentence: the suffix whose lines speak most for chrome. Every line has a
/// weight, for or against; the suffix with the greatest sum is taken if enough words of chrome stand in it.
fn footer(document: &Document, lines: &Lines<'_>, roles: &mut [Role]) {
    let chrome = group!("chrome");
    let html = document.shape == Shape::Html;
    let (mut sum, mut words) = (0i64, 0usize);
    // The sum, the words of chrome and the first line of the best suffix.
    let mut best = (0i64, 0usize, 0usize);
    for (i, role) in roles.iter().enumerate().rev() {
        let Some(line) = lines.get(i) else { continue };
        let mut hits = 0;
        match role {
            // Printed contents may stand among chrome.
            Role::Contents => continue,
            Role::Noise => hits = 1,
            // A numbered heading is none, though it may read "Contact us".
            _ if line.mark.is_some_and(|m| m.kind <= Number::Decimal) => {}
            // No line of a page's foot is as long as a page.
            _ if line.length > 2000 => {}
            _ => {
                for hit in lexicon::scan(line.text) {
                    hits += usize::from(hit.group == chrome);
                }
            }
        }
        words += hits;
        sum += weight(line, hits);
        if sum < -60 {
            break;
        }
        if hits > 0 && sum > best.0 {
            best = (sum, words, i);
        }
    }
    let (sum, words, from) = best;
    if sum >= 12 && words >= if html { 2 } else { 3 } && from > 0 {
        for role in roles.iter_mut().skip(from) {
            // In a page that was scraped into one line the contents of a side column are part of what stands around them.
            if *role != Role::Contents || document.shape == Shape::OneLine {
                *role = Role::Noise;
            }
        }
    }
}

fn weight(line: Line<'_>, hits: usize) -> i64 {
    let sentence = last(line.text) == '\u{ff1b}' || line.text.contains('\u{3002}');
    let length = line.length as i64;
    match (hits, sentence) {
        (0, _) if line.mark.is_some_and(|m| m.kind < Number::Decimal) => -20,
        (0, true) if length <= 20 => -5,
        (0, true) => -length.max(20),
        (0, false) if line.is_table() || line.text.contains('@') => -20,
        (0, false) if length <= 30 => 1,
        (0, false) => -length / 4,
        (n, true) if length > 60 => 4 * n as i64 - length,
        (n, _) => 6 * n as i64,
    }
}

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
    if line.length <= 60 { key(without_page(line.body())) } else { String::new() }
}

fn entry(line: Line<'_>, key: &str, role: Role) -> Entry {
    let words = terms(group!("contents"));
    let word = words.contains(&key);
    let short = line.mark.is_none() && line.length <= 30 && !is_terminal(last(line.text));
    let names = word || short && ends_any(key, words);
    let sentence = line.length <= 60 && (is_colon(last(line.text)) || last(line.text) == '\u{3002}');
    let leads = names || sentence && words.iter().any(|w| key.contains(w));
    Entry { word, names, leads, fits: is_free(role) && is_short(line) && !leads }
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
}

/// Runs of short lines that name what is printed elsewhere: three or more siblings of one kind of number without text
/// between them (or under a line such as "Contents"), most of which return as lines of their own.
fn contents(lines: &Lines<'_>, roles: &mut [Role]) {
    let mut entries = Vec::with_capacity(lines.len());
    // There may be as many as lines: growing would take room for twice as many.
    let (mut places, mut numbers) = (Vec::with_capacity(lines.len()), Vec::with_capacity(lines.len()));
    for (i, (line, role)) in lines.iter().zip(&*roles).enumerate() {
        let key = words(line);
        if is_free(*role) && line.length <= 60 {
            places.push((hash(&key), i));
            if let Some(mark) = line.mark {
                numbers.push((mark.kind.code(mark.value), i));
            }
        }
        entries.push(entry(line, &key, *role));
    }
    let printed = Printed { lines, entries, words: Index::sorted(places), numbers: Index::sorted(numbers) };
    let mut i = 0;
    while i < lines.len() {
        if !printed.fits(i) {
            i += 1;
            continue;
        }
        let whole = printed.run(i);
        let before = i.checked_sub(1).and_then(|b| printed.entries.get(b));
        // Navigation leads as a line such as "Contents" does.
        let led = before.is_some_and(|b| b.leads) || roles.get(i) == Some(&Role::Noise);
        let mut known = Vec::with_capacity(whole.len());
        let mut many = 0;
        for j in whole.clone() {
            known.push(printed.returns(j, &whole, true));
            many += usize::from(known.last() == Some(&true));
        }
        if led || many >= 3 && many * 2 >= whole.len() {
            for (known, j) in known.iter_mut().zip(whole.clone()) {
                *known = *known || printed.returns(j, &whole, false);
            }
        }
        let run = printed.entries(&whole, &known);
        let mut returned = 0;
        for j in run.clone() {
            returned += usize::from(known.get(j - whole.start) == Some(&true));
        }
        let size = run.len();
        let siblings = siblings(lines, run.clone());
        let pair = before.is_some_and(|b| b.word) && returned == size;
        let many = returned * 10 >= size * if led { 5 } else { 6 };
        i = whole.end;
        if size >= if pair { 2 } else { 3 } && (siblings >= 3 || led || returned >= 5) && many {
            i = run.end;
            let named = whole.start - usize::from(before.is_some_and(|b| b.names));
            for (j, role) in roles.iter_mut().enumerate().take(run.end).skip(named) {
                if j < whole.start || j >= run.start {
                    *role = Role::Contents;
                }
            }
        }
    }
}

/// A printed entry without the page number behind its leader dots or white space.
fn without_page(text: &str) -> &str {
    let title = trim_end(text, |c| c.is_ascii_digit());
    if is_letter(last(title)) { text } else { title }
}

/// A line that can be a title.
fn is_short(line: Line<'_>) -> bool {
    (1..=60).contains(&line.length)
        && !line.is_table()
        // A label and its value name nothing that follows.
        && (line.mark.is_some() || !has(trim_end(line.text, is_terminal), is_colon))
        && !is_semicolon(last(line.text))
        && last(line.text) != '\u{ff0c}'
        && !line.text.contains('\u{3002}')
}

impl Printed<'_, '_> {
    fn fits(&self, i: usize) -> bool {
        self.entries.get(i).is_some_and(|e| e.fits)
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
            let mark = self.lines.get(end).and_then(|l| l.mark);
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
                put(&mut last, m.kind, end);
                outermost = outermost.or(Some(m.kind));
            }
            let key = self.key(end);
            // Entries may have lost the numbers that their headings have.
            let kind = mark.map(|m| m.kind);
            let first = opening == key;
            if let Some(before) = seen.insert(hash(&key), end)
                && let before = self.lines.get(before).and_then(|l| l.mark).map(|m| m.kind)
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
            let mark = self.lines.get(j).and_then(|l| l.mark);
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
        let places = match self.lines.get(i).and_then(|l| l.mark) {
            _ if exactly => self.words.of(hash(&key)),
            Some(mark) => self.numbers.of(mark.kind.code(mark.value)),
            None => return false,
        };
        let before = places.partition_point(|p| p.1 < run.start);
        let after = places.partition_point(|p| p.1 < run.end);
        // A few are enough, and keep this linear.
        for range in [before.saturating_sub(4)..before, after..(after + 4).min(places.len())] {
            for place in places.get(range).unwrap_or(&[]) {
                if if exactly { self.heads(place.1) } else { alike(&key, &self.key(place.1)) } {
                    return true;
                }
            }
        }
        false
    }

    /// Whether something else than the next of its kind follows a line.
    fn heads(&self, i: usize) -> bool {
        let (Some(line), Some(next)) = (self.lines.get(i), self.lines.get(i + 1)) else { return false };
        match (line.mark, next.mark) {
            (Some(a), Some(b)) => a.kind != b.kind,
            (None, None) => !is_short(next),
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

/// Dice's coefficient of the characters of two short titles, 0.5 or more.
fn alike(a: &str, b: &str) -> bool {
    let (mut all, mut common) = (0, 0);
    for (text, other) in [(a, b), (b, a)] {
        for (i, c) in text.char_indices() {
            if !part(text, 0, i).contains(c) {
                all += 1;
                common += usize::from(other.contains(c));
            }
        }
    }
    common > 0 && common * 2 >= all
}

/// Whether a line ends like a sentence.
pub(super) fn is_sentence(line: Line<'_>) -> bool {
    let end = last(line.text);
    is_terminal(end) && !is_colon(end) && !matches!(end, '?' | '\u{ff1f}')
}
