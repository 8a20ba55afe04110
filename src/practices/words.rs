//! A clause's reading → its words, brackets and segments: what the grammar of practices is made of.
//!
//! ```text
//! clause  = sentence*            parted by 。；！？
//! sentence = segment*            parted by commas and colons
//! segment = (word | other text)* words of data/zh/practices.txt; leftmost and longest over all of its groups
//! ```
//! Round brackets, titles of documents and paths in quotes are set aside: what stands in them is read only when a list is opened.

use super::Class;
use crate::lexicon::{Group, Hit, Reading, fold, group, keys};
use crate::numbering;
use crate::text::{Span, has, is_comma, is_ideograph, pairs, part};
use std::ops::Range;

/// What a word does in a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    We,
    You,
    /// A subject only right before a verb.
    Reader,
    Third,
    Modal,
    Adverb,
    Not,
    If,
    /// A condition only with [`Kind::When`] behind.
    In,
    When,
    For,
    /// A purpose right before [`Kind::Aim`].
    To,
    /// What is done with the object behind it.
    Take,
    Toward,
    With,
    By,
    From,
    Include,
    Such,
    And,
    Of,
    Etc,
    Verb(Class),
    /// Hides what stands inside of it.
    Opaque,
}

/// A word of the grammar, in bytes of the clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// A noun as often as a verb.
    pub weak: bool,
}

/// What lies between two commas.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub start: usize,
    /// Before its comma.
    pub end: usize,
    /// Its words in the clause's.
    pub words: Range<usize>,
    /// The sentence ends with it.
    pub last: bool,
    /// A colon ends it.
    pub colon: bool,
    /// Where the sentence before its own ends, and its own.
    pub sentence: (usize, usize),
    /// Where the last label of its sentence before it ends, 'with consent:'; else the sentence before.
    pub label: usize,
}

/// A clause as the grammar reads it.
#[derive(Debug)]
pub(super) struct Clause<'r> {
    pub reading: &'r Reading<'r>,
    pub words: Vec<Word>,
    pub segments: Vec<Segment>,
    /// Brackets that are set aside: from the opening to behind the closing one.
    pub masks: Vec<(usize, usize)>,
    /// Where the number of an item ends, which is none of its words.
    pub number: usize,
}

const KINDS: [(Group, Kind); 36] = [
    (group!("practice.we"), Kind::We),
    (group!("practice.you"), Kind::You),
    (group!("practice.you.noun"), Kind::Reader),
    (group!("practice.third"), Kind::Third),
    (group!("practice.modal"), Kind::Modal),
    (group!("practice.adverb"), Kind::Adverb),
    (group!("practice.not"), Kind::Not),
    (group!("practice.if"), Kind::If),
    (group!("practice.in"), Kind::In),
    (group!("practice.when"), Kind::When),
    (group!("practice.for"), Kind::For),
    (group!("practice.to"), Kind::To),
    (group!("practice.take"), Kind::Take),
    (group!("practice.toward"), Kind::Toward),
    (group!("practice.with"), Kind::With),
    (group!("practice.by"), Kind::By),
    (group!("practice.from"), Kind::From),
    (group!("practice.include"), Kind::Include),
    (group!("practice.such"), Kind::Such),
    (group!("practice.and"), Kind::And),
    (group!("practice.of"), Kind::Of),
    (group!("practice.etc"), Kind::Etc),
    (group!("practice.verb.collect"), Kind::Verb(Class::Collect)),
    (group!("practice.verb.give"), Kind::Verb(Class::Give)),
    (group!("practice.verb.use"), Kind::Verb(Class::Use)),
    (group!("practice.verb.share"), Kind::Verb(Class::Share)),
    (group!("practice.verb.entrust"), Kind::Verb(Class::Entrust)),
    (group!("practice.verb.transfer"), Kind::Verb(Class::Transfer)),
    (group!("practice.verb.publish"), Kind::Verb(Class::Publish)),
    (group!("practice.verb.store"), Kind::Verb(Class::Store)),
    (group!("practice.verb.abroad"), Kind::Verb(Class::Abroad)),
    (group!("practice.verb.delete"), Kind::Verb(Class::Delete)),
    (group!("practice.verb.protect"), Kind::Verb(Class::Protect)),
    (group!("practice.verb.right"), Kind::Verb(Class::Right)),
    (group!("practice.verb.reply"), Kind::Verb(Class::Reply)),
    (group!("practice.verb.ask"), Kind::Verb(Class::Ask)),
];

/// Further kinds, which lose against those above where both have the same word.
const MORE: [(Group, Kind); 2] =
    [(group!("practice.verb.notify"), Kind::Verb(Class::Notify)), (group!("practice.word"), Kind::Opaque)];

impl<'r> Clause<'r> {
    /// Finds words and segments. Linear in the text.
    pub fn new(reading: &'r Reading<'r>) -> Self {
        let masks = masks(reading.text);
        let mut words = Vec::new();
        for &(group, kind) in KINDS.iter().chain(&MORE).filter(|(group, _)| reading.has(*group)) {
            words.extend(reading.of(group).iter().map(|h| Word { start: h.start(), end: h.end(), kind, weak: false }));
        }
        nouns(reading, &mut words);
        words.sort_by_key(|w| (w.start, std::cmp::Reverse(w.end)));
        let mut reached = 0;
        let mut mask = masks.iter().peekable();
        words.retain(|w| {
            while mask.next_if(|m| m.1 <= w.start).is_some() {}
            let free = w.start >= reached && mask.peek().is_none_or(|m| w.end <= m.0);
            if free {
                reached = w.end;
            }
            free
        });
        let weak = reading.of(group!("practice.weak"));
        for word in &mut words {
            let at = weak.binary_search_by_key(&word.start, crate::lexicon::Hit::start);
            word.weak = at.ok().and_then(|at| weak.get(at)).is_some_and(|h| h.end() == word.end);
        }
        stems(reading, &mut words);
        conditions(reading, &mut words);
        modals(reading, &mut words);
        // What rests on the next word: a purpose is one only before an aim.
        let aims = reading.of(group!("practice.aim"));
        let mut next = (usize::MAX, Kind::Opaque, false);
        for word in words.iter_mut().rev() {
            let follows = (next.0 == word.end).then_some(next.1);
            if word.kind == Kind::To && aims.binary_search_by_key(&word.end, crate::lexicon::Hit::start).is_err() {
                word.kind = match follows {
                    // 'Ask for leave so as to read X': it is read.
                    Some(Kind::Verb(class)) if class.takes_in() && !next.2 => Kind::Modal,
                    Some(Kind::Verb(_)) => Kind::To,
                    _ => Kind::Opaque,
                };
            }
            next = (word.start, word.kind, word.weak);
        }
        let segments = segments(reading.text, &masks, &words);
        such(reading, &segments, &mut words);
        supposes(reading, &segments, &mut words);
        let number = numbering::parse(reading.text).map_or(0, |mark| mark.end);
        Self { reading, words, segments, masks, number }
    }

    /// The words of a segment.
    pub fn of(&self, segment: &Segment) -> &[Word] {
        self.words.get(segment.words.clone()).unwrap_or_default()
    }

    /// The text between two places.
    pub fn text(&self, from: usize, to: usize) -> &'r str {
        part(self.reading.text, from, to)
    }

    /// The words that start in `from..to`.
    pub fn within(&self, from: usize, to: usize) -> &[Word] {
        let a = self.words.partition_point(|w| w.start < from);
        let b = self.words.partition_point(|w| w.start < to);
        self.words.get(a..b.max(a)).unwrap_or_default()
    }

    /// Whether a term of the group starts at a place.
    pub fn starts(&self, group: Group, at: usize) -> bool {
        self.reading.of(group).binary_search_by_key(&at, crate::lexicon::Hit::start).is_ok()
    }

    /// Whether a term of the group ends at a place.
    pub fn ends(&self, group: Group, at: usize) -> bool {
        self.reading.of(group).binary_search_by_key(&at, crate::lexicon::Hit::end).is_ok()
    }

    /// Whether a term of the group is all that stands there.
    pub fn is(&self, group: Group, from: usize, to: usize) -> bool {
        let hits = self.reading.of(group);
        let at = hits.binary_search_by_key(&from, crate::lexicon::Hit::start);
        at.ok().and_then(|at| hits.get(at)).is_some_and(|h| h.end() == to)
    }

    /// The bracket that opens in `from..to`.
    pub fn mask(&self, from: usize, to: usize) -> Option<(usize, usize)> {
        let at = self.masks.partition_point(|m| m.0 < from);
        self.masks.get(at).copied().filter(|m| m.0 < to)
    }

    /// Whether a place is in a bracket that is set aside.
    pub fn masked(&self, at: usize) -> bool {
        let next = self.masks.partition_point(|m| m.0 <= at);
        next.checked_sub(1).and_then(|i| self.masks.get(i)).is_some_and(|m| at < m.1)
    }

    /// The index of the segment around a place.
    pub fn segment(&self, at: usize) -> usize {
        self.segments.partition_point(|s| s.end < at).min(self.segments.len().saturating_sub(1))
    }

    /// A stretch of the document, for one of the clause that starts at `base`.
    pub fn span(base: usize, from: usize, to: usize) -> Span {
        Span::new(base + from, base + to)
    }
}

/// A verb's word with which the name of an item starts ('browsing records') is part of that name, and so is a particle
/// inside of one.
fn nouns(reading: &Reading<'_>, words: &mut [Word]) {
    let groups = keys!("item.").map(|k| k.1).chain([group!("practice.noun.data")]);
    let mut items: Vec<(usize, usize)> = Vec::new();
    for group in groups.filter(|group| reading.has(*group)) {
        items.extend(reading.of(group).iter().map(|h| (h.start(), h.end())));
    }
    items.sort_unstable();
    for word in words {
        let next = items.partition_point(|i| i.0 <= word.start);
        let near = items.get(next.saturating_sub(2)..next).unwrap_or_default();
        let verb = matches!(word.kind, Kind::Verb(_));
        let particle = matches!(word.kind, Kind::Toward | Kind::With | Kind::By | Kind::From | Kind::Such | Kind::Of);
        let whole = near.iter().find(|i| {
            i.1 > word.end && (verb && i.0 == word.start || particle)
                || (particle || verb) && i.1 == word.end && i.0 < word.start
        });
        if let Some(item) = whole {
            *word = Word { end: item.1, kind: Kind::Opaque, ..*word };
        }
    }
}

/// Units of a period.
const PERIODS: [Group; 4] =
    [group!("period.day"), group!("period.week"), group!("period.month"), group!("period.year")];

/// 'We keep it three years': a verb of one character is one behind a word of the grammar and before a number.
fn stems(reading: &Reading<'_>, words: &mut Vec<Word>) {
    let stems = reading.of(group!("practice.stem"));
    let mut before: Option<Word> = None;
    words.retain(|w| {
        let at = stems.binary_search_by_key(&w.start, crate::lexicon::Hit::start);
        let stem = at.ok().and_then(|at| stems.get(at)).is_some_and(|h| h.end() == w.end);
        let left = before.is_some_and(|b| {
            let governs = matches!(b.kind, Kind::Modal | Kind::Adverb | Kind::Not | Kind::We);
            let taken = b.kind == Kind::Take && !has(part(reading.text, b.end, w.start), is_comma);
            governs && b.end == w.start || taken
        });
        let number = || numbering::number(part(reading.text, w.end, reading.text.len())).map(|n| w.end + n.1);
        // 'X three years': whatever stands before it, a period is how long it is kept.
        let timed = |at: usize| PERIODS.into_iter().any(|unit| reading.after(unit, at, at + 1).is_some());
        let keeps = !stem || number().is_some_and(|at| left || timed(at));
        if keeps {
            before = Some(*w);
        }
        keeps
    });
}

/// A word of one character for 'if' between others that no list knows is a part of theirs.
fn conditions(reading: &Reading<'_>, words: &mut Vec<Word>) {
    let nouns = [group!("practice.noun.data"), group!("practice.noun.generic"), group!("practice.noun.none")];
    let ends = |at: usize| nouns.into_iter().any(|g| reading.of(g).binary_search_by_key(&at, Hit::end).is_ok());
    let starts: Vec<usize> = words.iter().map(|w| w.start).collect();
    let verbs: Vec<usize> = words.iter().filter(|w| matches!(w.kind, Kind::Verb(_))).map(|w| w.start).collect();
    let (mut reached, mut at) = (0, 0);
    words.retain(|w| {
        at += 1;
        let before = part(reading.text, reached, w.start);
        let mut glued = before.ends_with(is_ideograph) && !ends(w.start);
        // The same for one for 'take' or 'will' in a list, in a member that says nothing.
        let verb = verbs.get(verbs.partition_point(|v| *v < w.end)).copied().unwrap_or(reading.text.len());
        let near = reading.text.floor_char_boundary(verb.min(w.end + MEMBER));
        let bare = || part(reading.text, w.end, near).contains('\u{3001}');
        let listed = before.contains('\u{3001}')
            && (w.kind == Kind::Take && glued || matches!(w.kind, Kind::Take | Kind::Modal) && bare());
        glued |= listed && before.ends_with('\u{3001}');
        let part_of = w.kind == Kind::If || listed;
        let inside = part_of && w.end - w.start == ONE && glued && starts.get(at) != Some(&w.end);
        reached = if inside { reached } else { w.end };
        !inside
    });
}

/// Bytes of an ideograph.
const ONE: usize = 3;

/// Bytes of what stands in a member of a list behind such a word; a sentence is longer.
const MEMBER: usize = 120;

/// A word for 'will' and for what is done with the object behind it: right before a verb or another modal it is the former.
fn modals(reading: &Reading<'_>, words: &mut [Word]) {
    let of = reading.of(group!("practice.of"));
    for at in 1..=words.len() {
        let next = words.get(at).map(|w| (w.start, w.end, w.kind));
        let Some(word) = words.get_mut(at - 1).filter(|w| w.kind == Kind::Take) else { continue };
        let Some((_, end, kind)) = next.filter(|n| n.0 == word.end) else { continue };
        let relative = of.binary_search_by_key(&end, crate::lexicon::Hit::start).is_ok();
        let acts = match kind {
            Kind::Verb(_) => !relative,
            Kind::Modal | Kind::Adverb | Kind::Not | Kind::Toward | Kind::From | Kind::By | Kind::With => true,
            Kind::For | Kind::To | Kind::In | Kind::If => true,
            _ => false,
        };
        let always =
            reading.of(group!("practice.take.always")).binary_search_by_key(&word.start, crate::lexicon::Hit::start);
        if acts && always.is_err() {
            word.kind = Kind::Modal;
        }
    }
}

/// 'Such as your A, B' and 'if you …' start alike: without a verb or a modal it is no condition.
fn such(reading: &Reading<'_>, segments: &[Segment], words: &mut [Word]) {
    let of = reading.of(group!("practice.of"));
    let said = |w: &Word| match w.kind {
        Kind::Verb(_) => of.binary_search_by_key(&w.end, crate::lexicon::Hit::start).is_err(),
        Kind::Modal | Kind::Not | Kind::When | Kind::In | Kind::Toward | Kind::Take | Kind::Adverb => true,
        _ => false,
    };
    for hit in reading.of(group!("practice.if.you")) {
        let Ok(at) = words.binary_search_by_key(&hit.start(), |w| w.start) else { continue };
        let next = segments.partition_point(|s| s.end < hit.start());
        let end = segments.get(next).map_or(reading.text.len(), |s| s.end);
        let behind = words.get(at + 1..).unwrap_or_default().iter().take_while(|w| w.start < end);
        let condition = behind.clone().any(said);
        let etc = behind.clone().any(|w| w.kind == Kind::Etc);
        let text = part(reading.text, hit.end(), end);
        let whose = text.find('\u{3001}').is_some_and(|comma| {
            of.get(of.partition_point(|o| o.start() < hit.end())).is_some_and(|o| o.start() < hit.end() + comma)
        });
        let list = etc || whose;
        if let Some(word) = words.get_mut(at).filter(|w| w.kind == Kind::If && !condition && list) {
            word.kind = Kind::Such;
        }
    }
}

/// 'Should a new feature need X, …': a word for 'such as' that opens a sentence in which something is said is a condition.
fn supposes(reading: &Reading<'_>, segments: &[Segment], words: &mut [Word]) {
    let of = reading.of(group!("practice.of"));
    let mut opens = true;
    for segment in segments {
        let own = words.get_mut(segment.words.clone()).unwrap_or_default();
        let said = own.iter().any(|w| match w.kind {
            Kind::Verb(_) => of.binary_search_by_key(&w.end, crate::lexicon::Hit::start).is_err(),
            kind => matches!(kind, Kind::Modal),
        });
        let bare = |w: &&mut Word| w.kind == Kind::Such && part(reading.text, segment.start, w.start).trim().is_empty();
        let supposed = reading.of(group!("practice.supposed"));
        if opens
            && said
            && !segment.colon
            && let Some(word) = own.first_mut().filter(bare)
            && supposed.binary_search_by_key(&word.start, crate::lexicon::Hit::start).is_ok()
        {
            word.kind = Kind::If;
        }
        opens = segment.last;
    }
}

/// What stands between the places of a path: 'Me > Settings'.
fn is_step(c: char) -> bool {
    matches!(c, '>' | '-' | '\u{2013}' | '\u{2014}' | '\u{2192}' | '\u{203a}' | '\u{300b}' | '\u{ff0d}' | '\u{ff1e}')
}

/// Bytes of a printed path at most; quotes may stand in quotes, and each is read.
const PATH: usize = 240;

/// The outermost round brackets, titles of documents and paths in quotes.
fn masks(text: &str) -> Vec<(usize, usize)> {
    let mut masks: Vec<(usize, usize)> = Vec::new();
    for (open, close) in pairs(text) {
        let c = part(text, open, text.len()).chars().next().unwrap_or('\0');
        let quoted = matches!(c, '\u{201c}' | '\u{300c}' | '\u{3010}') && close - open <= PATH;
        let path = quoted && has(part(text, open, close), is_step);
        if path || matches!(c, '(' | '\u{ff08}' | '\u{300a}') {
            while masks.last().is_some_and(|m| m.0 > open) {
                masks.pop();
            }
            let end = close + part(text, close, text.len()).chars().next().map_or(0, char::len_utf8);
            masks.push((open, end));
        }
    }
    masks
}

/// Cuts at commas, colons and full stops outside of brackets.
fn segments(text: &str, masks: &[(usize, usize)], words: &[Word]) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    let (mut start, mut word) = (0, 0);
    let mut mask = masks.iter().peekable();
    let mut push = |start: usize, end: usize, last: bool, colon: bool| {
        let from = word;
        while words.get(word).is_some_and(|w| w.start < end) {
            word += 1;
        }
        out.push(Segment { start, end, words: from..word, last, colon, sentence: (0, end), label: 0 });
    };
    for (at, c) in text.char_indices() {
        while mask.next_if(|m| m.1 <= at).is_some() {}
        if mask.peek().is_some_and(|m| m.0 <= at) {
            continue;
        }
        let narrow = c.is_ascii() && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_graphic);
        let (stop, colon) = match fold(c) {
            ',' | '|' | '\t' | '\n' => (false, false),
            ':' => (false, true),
            ';' | '!' | '?' | '\u{3002}' => (true, false),
            _ => continue,
        };
        if narrow && c != '|' {
            continue;
        }
        push(start, at, stop, colon);
        start = at + c.len_utf8();
    }
    if start < text.len() || text.is_empty() {
        push(start, text.len(), true, false);
    }
    if let Some(end) = out.last_mut() {
        end.last = true;
    }
    let (mut before, mut label) = (0, 0);
    for segment in &mut out {
        (segment.sentence.0, segment.label) = (before, label);
        if segment.last {
            before = segment.end;
        }
        if segment.last || segment.colon {
            label = segment.end;
        }
    }
    let mut end = text.len();
    for segment in out.iter_mut().rev() {
        end = if segment.last { segment.end } else { end };
        segment.sentence.1 = end;
    }
    out
}
