//! One clause's text → its plain, shortened wording.
//!
//! ```text
//! clause ─numbering─▶ bare ─asides─▶ without brackets ─skim─▶ without openings and examples ─weigh─▶ statements ─▶ short words
//! ```
//! Words are only dropped or replaced by shorter ones, never made up. What denies, states an amount or sets a condition
//! stays: a stretch between two commas that holds such a word is never dropped, and a clause that would lose its last
//! negation is given back whole. The words are those of `data/zh/plain.txt`, the weights
//! by which a stretch is judged those of `plain.model`; how they were learnt: `training/plain.py`. Linear in the clause.

use crate::lexicon::{self, group};
use crate::numbering;
use crate::text::{Words, ends_any, is_blank, is_closing, is_digit, is_ideograph, is_opening, is_terminal};
use std::sync::OnceLock;

/// Bytes of a stretch that says nothing alone.
const SHORT: usize = 30;

/// Bytes of the longest run-in title.
const TITLE: usize = 36;

/// Shortens a clause. Empty only if the clause is.
#[must_use]
pub fn plain(clause: &str) -> String {
    let bare = bare(clause);
    if !bare.contains(is_ideograph) {
        return bare.into();
    }
    let short = ended(&shorten(bare));
    // What is left of a denial when its words were dropped may say the opposite: then nothing is dropped.
    if short.is_empty() || lists().negation.within(bare) && !lists().negation.within(&short) {
        ended(bare)
    } else {
        short
    }
}

/// Whether a clause is understood by itself: it leans on no other one, and if it is an item, something is said in it.
pub(crate) fn alone(clause: &str, item: bool) -> bool {
    let text = bare(clause);
    !lists().reference.starts(text) && !lists().above.within(text) && (!item || lists().says.within(text))
}

fn shorten(text: &str) -> String {
    let text = skimmed(text);
    let mut parts = stretches(&text);
    weigh(&mut parts);
    let text = join(&parts);
    let mut rest = text.as_str();
    for word in lists().joint.words.iter().chain(&lists().example.words) {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let mut text = String::from(rest.trim_start_matches(|c| separates(c) || is_blank(c)));
    for pair in lists().short.words.chunks(2).filter(|_| lists().short.within(rest)) {
        if let [long, short] = pair {
            text = replace(text, long, short);
        }
    }
    text
}

/// Without asides, openings, titles and examples.
fn skimmed(text: &str) -> String {
    let text = asides(text);
    let mut parts = stretches(&text);
    skim(&mut parts, &text);
    join(&parts)
}

/// A stretch as it is weighed, for training.
pub struct Weighed {
    /// With its separator.
    pub text: String,
    /// It must stay.
    pub held: bool,
    /// It may be what its sentence says, not only when or what for.
    pub states: bool,
    /// Where it stands, by the names that the weights use.
    pub traits: [(&'static str, usize); TRAITS],
}

/// What is weighed of a clause.
#[must_use]
pub fn weighed(clause: &str) -> Vec<Weighed> {
    let text = skimmed(bare(clause));
    let parts = stretches(&text);
    let mut place = Place::new(&parts);
    let mut out = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let held = parts.len() < 2 || held(&parts, at, &place);
        let (text, states) = (part.text.into(), states(part));
        out.push(Weighed { text, held, states, traits: traits(&parts, at, &place) });
        place.pass(part);
    }
    out
}

/// A sentence that went on in a list ends here.
fn ended(text: &str) -> String {
    let short = text.trim_end_matches([',', '\u{ff0c}', ';', '\u{ff1b}', '\u{3001}', ' ']);
    let mut out = String::from(short);
    if short.len() < text.len() {
        out.push('\u{3002}');
    }
    out
}

/// Without the printed number and the white space around. Copies of policies have commas in the place of spaces.
fn bare(clause: &str) -> &str {
    let blank = |c: char| is_blank(c) || c == ',';
    let mut rest = clause.trim_matches(is_blank);
    while let Some(after) = mark(rest).map(|end| rest.get(end..).unwrap_or("").trim_start_matches(blank)) {
        if after.is_empty() || after.len() == rest.len() {
            break;
        }
        rest = after;
    }
    rest
}

/// Where the printed number ends.
fn mark(text: &str) -> Option<usize> {
    let parted = |m: &numbering::Mark| text.get(..m.end).is_some_and(|t| t.ends_with([',', '\u{ff0c}']));
    numbering::parse(text).or_else(|| numbering::parse_loose(text).filter(parted)).map(|m| m.end)
}

/// Without what stands in round brackets, unless it denies something or states an amount.
fn asides(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '\u{ff08}' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            ')' | '\u{ff09}' if depth > 0 => {
                depth -= 1;
                let aside = text.get(start..at + c.len_utf8()).unwrap_or("");
                // Or is part of a name, as the place in that of a company.
                let rest = text.get(at + c.len_utf8()..).unwrap_or("");
                if depth == 0 && (lists().name.starts(rest) || lists().amount.within(aside) || denies(aside)) {
                    out.push_str(aside);
                }
            }
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if depth > 0 {
        out.push_str(text.get(start..).unwrap_or(""));
    }
    out
}

/// The words of the `set` lines of `[plain]` with a key.
struct List {
    words: Vec<&'static str>,
    index: Words,
}

impl List {
    fn new(key: &str) -> Self {
        let lines = lexicon::settings(group!("plain")).filter(|(k, _)| *k == key);
        let words: Vec<&str> = lines.flat_map(|(_, words)| words.split(' ')).collect();
        Self { index: Words::new(words.iter().map(|w| (*w, 0)).collect()), words }
    }

    fn starts(&self, text: &str) -> bool {
        self.index.starts(text)
    }

    fn ends(&self, text: &str) -> bool {
        ends_any(text, &self.words)
    }

    fn within(&self, text: &str) -> bool {
        self.index.stands_in(text)
    }

    fn is(&self, text: &str) -> bool {
        self.words.contains(&text)
    }
}

/// One field for each key of `[plain]`.
macro_rules! lists {
    ($($field:ident $key:literal)*) => {
        struct Lists { $($field: List,)* cues: Cues }

        impl Lists {
            fn new() -> Self {
                Self { $($field: List::new($key),)* cues: Cues::new() }
            }
        }

        #[cfg(test)]
        const KEYS: &[&str] = &[$($key),*];
    };
}

lists! {
    above "above"
    address "address"
    affirmation "affirmation"
    amount "amount"
    and "and"
    common "common"
    condition "condition"
    end "end"
    example "example"
    further "further"
    guarantee "guarantee"
    hedge "hedge"
    joint "joint"
    list "list"
    modal "modal"
    name "name"
    negation "negation"
    occasion "occasion"
    opening "opening"
    or "or"
    purpose "purpose"
    reader "reader"
    reference "reference"
    restriction "restriction"
    says "says"
    short "short"
    subjectless "subjectless"
    unconditional "unconditional"
    way "way"
    way_to "way-to"
    wish "wish"
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(Lists::new)
}

/// The weights of data/zh/plain.model, by where their words are sought.
#[derive(Default)]
struct Cues {
    start: Words,
    within: Words,
    end: Vec<(&'static str, i32)>,
    /// At the start of the stretch after, and of the one before.
    next: Words,
    ahead: Words,
    /// By the names of `traits`.
    traits: Vec<(&'static str, i32)>,
}

impl Cues {
    fn new() -> Self {
        let (mut start, mut within, mut next, mut ahead) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut cues = Self::default();
        for (weight, list) in lexicon::weights() {
            for (kind, word) in list.split(' ').filter_map(|cue| cue.split_at_checked(1)) {
                match kind {
                    "^" => start.push((word, weight)),
                    "$" => cues.end.push((word, weight)),
                    ">" => next.push((word, weight)),
                    "<" => ahead.push((word, weight)),
                    "=" => cues.traits.push((word, weight)),
                    _ => within.push((word, weight)),
                }
            }
        }
        let [start, within, next, ahead] = [start, within, next, ahead].map(Words::new);
        Self { start, within, next, ahead, ..cues }
    }
}

/// Whether a negation or a restriction stands in the text that is no part of another word.
#[inline(never)]
fn denies(text: &str) -> bool {
    let says = |text: &str| lists().negation.within(text) || lists().restriction.within(text);
    if !lists().affirmation.within(text) {
        return says(text);
    }
    let mut text = String::from(text);
    for word in &lists().affirmation.words {
        text = replace(text, word, "");
    }
    says(&text)
}

#[inline(never)]
fn replace(text: String, long: &str, short: &str) -> String {
    if text.contains(long) { text.replace(long, short) } else { text }
}

/// A stretch of a clause from one comma, colon or stop to the next.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each may hold beside any other")]
struct Stretch<'t> {
    /// With its separator.
    text: &'t str,
    /// Without.
    body: &'t str,
    /// A sentence ends here.
    stop: bool,
    colon: bool,
    /// It only says what for.
    purpose: bool,
    /// As the stretch before, with which it goes on.
    further: bool,
    dropped: bool,
}

fn separates(c: char) -> bool {
    matches!(c, ',' | '\u{ff0c}' | ':' | '\u{ff1a}') || stops(c)
}

fn stops(c: char) -> bool {
    matches!(c, ';' | '\u{ff1b}' | '\u{3002}')
}

fn stretches(text: &str) -> Vec<Stretch<'_>> {
    let mut out = Vec::new();
    // A row of a table has no end. Between its commas stand cells, and each says something.
    if !lists().end.ends(text) {
        push(&mut out, text);
        return out;
    }
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_opening(c) {
            depth += 1;
        } else if separates(c) {
            let (before, rest) = text.split_at_checked(at).unwrap_or_default();
            // In numbers, times and addresses these part nothing, nor where copies have them in the place of spaces.
            let within = c.is_ascii()
                && (before.ends_with(|c: char| c.is_ascii()) || {
                    rest.get(1..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii()))
                });
            if depth == 0 && !within {
                push(&mut out, text.get(start..end).unwrap_or(""));
                start = end;
            }
        } else if is_closing(c) && c != '\u{3001}' && !is_terminal(c) {
            depth = depth.saturating_sub(1);
        }
    }
    if start < text.len() {
        push(&mut out, text.get(start..).unwrap_or(""));
    }
    out
}

fn push<'t>(out: &mut Vec<Stretch<'t>>, text: &'t str) {
    let body = text.trim_matches(|c| separates(c) || c == ' ');
    let further = out.last().is_some_and(|b| b.purpose && !b.stop) && lists().further.starts(body);
    let purpose = further || lists().purpose.starts(body);
    let (stop, colon) = (text.ends_with(stops), text.ends_with([':', '\u{ff1a}']));
    out.push(Stretch { text, body, stop, colon, purpose, further, dropped: false });
}

/// Whether the stretch names the case in which something holds.
fn conditional(body: &str) -> bool {
    lists().condition.starts(body) && !lists().unconditional.starts(body) || lists().occasion.ends(body)
}

/// Drops openings, titles, and examples: up to the end of their sentence where it has said something before.
fn skim(parts: &mut [Stretch<'_>], text: &str) {
    let (mut fresh, mut first, mut said, mut skip) = (true, true, false, false);
    let (mut end, last) = (0, parts.len().saturating_sub(1));
    for (at, part) in parts.iter_mut().enumerate() {
        end += part.text.len();
        let rest = text.get(end..).unwrap_or("");
        let example = lists().example.starts(part.body);
        if skip || example && !first {
            part.dropped = at < last || skip || said;
            skip = (skip || said) && !part.stop;
        } else if at < last && !part.stop {
            part.dropped = lists().opening.is(part.body)
                || lists().example.is(part.body)
                || fresh && part.colon && recurs(part.body, rest);
        }
        fresh = part.stop;
        first = part.stop || first && part.dropped;
        said = !part.stop && (said || !part.dropped && states(part));
    }
}

/// Whether a title says nothing that its sentence, one about the reader, does not say again.
fn recurs(title: &str, rest: &str) -> bool {
    // First, so that what follows is linear: a title may be as long as a text.
    if title.len() > TITLE {
        return false;
    }
    let rest = rest.split(stops).next().unwrap_or("");
    let mut from = title.char_indices();
    let mut found = false;
    for (end, c) in title.char_indices().skip(1) {
        let start = from.next().map_or(0, |(at, _)| at);
        let pair = title.get(start..end + c.len_utf8()).unwrap_or("");
        found |= rest.contains(pair) && !lists().common.is(pair);
    }
    found && lists().reader.within(rest) && !denies(title) && !conditional(title)
}

/// Whether the stretch may be what the sentence says, not only when or what for.
fn states(part: &Stretch<'_>) -> bool {
    !conditional(part.body) && !part.purpose
}

/// The stretches that are left. A sentence whose end was dropped ends as before.
fn join(parts: &[Stretch<'_>]) -> String {
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        if !part.dropped {
            out.push_str(part.text);
        } else if part.stop || at + 1 == parts.len() {
            out.truncate(out.trim_end_matches(separates).len());
            if !out.is_empty() {
                out.push_str(part.text.get(part.text.trim_end_matches(stops).len()..).unwrap_or(""));
            }
        }
    }
    out
}

/// Why a stretch must stay: it denies, sets a condition or says what follows from one, states an amount, or belongs to a
/// list.
fn held(parts: &[Stretch<'_>], at: usize, place: &Place) -> bool {
    let Some(part) = parts.get(at) else { return true };
    let (before, after) = beside(parts, at);
    let (body, next) = (part.body, after.map_or("", |a| a.body));
    let purpose = part.purpose;
    let item = |p: &Stretch<'_>| p.text.ends_with([';', '\u{ff1b}']);
    // Who wishes something may be told how without being told of the wish, where nothing else follows from it.
    let wish = lists().wish.starts(body) && lists().way.starts(next) && after.is_some_and(|a| a.stop);
    part.colon
        // A bracket or quote that holds commas, or is never closed.
        || body.contains('\u{ff0c}')
        || lists().or.starts(body)
        || lists().hedge.starts(body)
        || body.contains(is_digit) && !lists().address.within(body)
        || lists().amount.within(body)
        || !lists().guarantee.starts(body) && (denies(body) || conditional(body) && !purpose && !wish)
        || (place.owed || before.is_some_and(|b| b.colon)) && !purpose
        || place.colon && (item(part) || before.is_some_and(item))
        || !part.stop && (lists().list.starts(body) || lists().list.starts(next) || lists().and.starts(next))
        // What is said of its subject goes on, or in so few words that they lean on it.
        || !part.stop && !place.said && states(part) && (lists().subjectless.starts(next) || next.len() <= SHORT)
        || lists().modal.starts(body) && before.is_some_and(|b| !b.stop)
        || before.is_some_and(|b| !b.stop && lists().way_to.ends(b.body))
}

fn beside<'s, 't>(parts: &'s [Stretch<'t>], at: usize) -> (Option<&'s Stretch<'t>>, Option<&'s Stretch<'t>>) {
    (at.checked_sub(1).and_then(|at| parts.get(at)), parts.get(at + 1))
}

/// Drops what annotators of plain summaries drop; in each sentence of which anything is left a statement is left.
fn weigh(parts: &mut [Stretch<'_>]) {
    if parts.len() < 2 {
        return;
    }
    let mut place = Place::new(parts);
    // Of the sentence so far: its least droppable statement, whether one is left, whether anything is; and of those before.
    let (mut least, mut best, mut said, mut left, mut any_left) = (i32::MAX, 0, false, false, false);
    let mut gone = false;
    for at in 0..parts.len() {
        let score = score(parts, at, &place);
        let last = at + 1 == parts.len();
        let Some(part) = parts.get_mut(at) else { return };
        part.dropped = score > 0 || gone && part.further && score > i32::MIN;
        gone = part.dropped;
        place.pass(part);
        left |= !gone;
        if states(part) {
            said |= !gone;
            if score < least {
                (least, best) = (score, at);
            }
        }
        if part.stop || last {
            let silent = !said && least < i32::MAX && (left || !any_left);
            if let Some(part) = parts.get_mut(best).filter(|_| silent) {
                part.dropped = false;
            }
            any_left |= left || silent;
            (least, said, left) = (i32::MAX, false, false);
        }
    }
}

/// Where a stretch stands in its clause, in characters.
#[derive(Default)]
struct Place {
    total: usize,
    ahead: usize,
    /// After a colon.
    colon: bool,
    /// After a statement of the same sentence.
    said: bool,
    /// After a condition of which the sentence has not yet said what follows.
    owed: bool,
}

impl Place {
    fn new(parts: &[Stretch<'_>]) -> Self {
        Self { total: parts.iter().map(|part| part.text.chars().count()).sum(), ..Self::default() }
    }

    fn pass(&mut self, part: &Stretch<'_>) {
        self.ahead += part.text.chars().count();
        self.colon |= part.colon;
        self.said = !part.stop && (self.said || states(part));
        self.owed = !part.stop && (conditional(part.body) || self.owed && !states(part));
    }
}

const TRAITS: usize = 10;

/// How and where a stretch stands, as the weights know it.
fn traits(parts: &[Stretch<'_>], at: usize, place: &Place) -> [(&'static str, usize); TRAITS] {
    let (before, after) = beside(parts, at);
    let case = |p: Option<&Stretch<'_>>| usize::from(p.is_some_and(|p| conditional(p.body)));
    [
        ("first", usize::from(at == 0)),
        ("last", usize::from(after.is_none())),
        ("two", usize::from(parts.len() == 2)),
        ("stop", usize::from(parts.get(at).is_some_and(|part| part.stop))),
        ("colon", usize::from(place.colon)),
        ("after", case(before)),
        ("before", case(after)),
        ("total", (place.total / 20).min(8)),
        ("ahead", (place.ahead / 20).min(6)),
        ("bias", 1),
    ]
}

/// Above 0 for what should go, in tenths of log-odds.
fn score(parts: &[Stretch<'_>], at: usize, place: &Place) -> i32 {
    let Some(part) = parts.get(at) else { return 0 };
    if held(parts, at, place) {
        return i32::MIN;
    }
    let (before, after) = beside(parts, at);
    let (ahead, next) = (before.map_or("", |p| p.body), after.map_or("", |p| p.body));
    let traits = traits(parts, at, place);
    let (mut sum, cues) = (0, &lists().cues);
    cues.start.starting(part.body, |weight| sum += weight);
    cues.within.each(part.body, |weight| sum += weight);
    cues.next.starting(next, |weight| sum += weight);
    cues.ahead.starting(ahead, |weight| sum += weight);
    for (_, weight) in cues.end.iter().filter(|(word, _)| part.body.ends_with(word)) {
        sum += weight;
    }
    for (name, weight) in &cues.traits {
        for (_, value) in traits.iter().filter(|(trait_name, _)| trait_name == name) {
            sum += weight * *value as i32;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read() {
        for (key, words) in lexicon::settings(group!("plain")) {
            assert!(KEYS.contains(&key), "{key}");
            assert!(key != "short" || words.split(' ').count() == 2, "{words}");
        }
        assert!(lexicon::weights().count() > 30 && lexicon::weights().all(|(weight, _)| weight != 0));
    }
}
