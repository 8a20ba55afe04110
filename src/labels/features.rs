//! A line of a policy → hashed character n-grams, and the lines of a policy → which of them each line leans on.
//!
//! The only code that turns text into features: `training/` gets its features from here through
//! `examples/label_features.rs`, so the model is asked exactly what it was taught.

use std::ops::Range;

/// Longest n-gram, in characters.
const LONGEST: usize = 4;
/// What the hash of nothing is.
const SEED: u32 = 0x811c_9dc5;
/// Stands before the first and after the last character of a line.
const START: u32 = 2;
const END: u32 = 3;
/// Stands for every digit.
const DIGIT: u32 = '0' as u32;
/// Beyond every character: features that are no n-gram count up from here.
const SHAPE: u32 = 0x0011_0000;
/// A heading that prints no full stop is at most this many characters long.
const LONGEST_HEADING: usize = 30;
/// A lead-in ("in these cases:") reaches at most this many lines down.
pub const LEAD_REACH: usize = 14;
/// Ideographic numerals from one to ten, hundred and zero, as outline marks print them.
const NUMERALS: [char; 13] = [
    '\u{4e00}', '\u{4e8c}', '\u{4e09}', '\u{56db}', '\u{4e94}', '\u{516d}', '\u{4e03}', '\u{516b}', '\u{4e5d}',
    '\u{5341}', '\u{767e}', '\u{96f6}', '\u{3007}',
];
/// What [`hashes`] looks at besides words, in its order.
pub const TRAITS: [&str; 5] = ["mark", "heading", "lead-in", "semicolon", "length"];
/// The ideograph that opens an ordinal ("article one").
const ORDINAL: char = '\u{7b2c}';
/// Characters of a line that are looked at for n-grams; a longer line is a text nobody split.
const LONGEST_LINE: usize = 2000;

/// The printed mark that a line opens with; the order is that of [`shape`]'s features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// No mark.
    None,
    /// An ideographic numeral and a pause mark.
    Numeral,
    /// An ideographic numeral in brackets.
    BracketedNumeral,
    /// `1.`
    Number,
    /// `1.1`
    Number2,
    /// `1.1.1` and deeper.
    Number3,
    /// `(1)` or `1)`
    BracketedNumber,
    /// `a.` or `(a)`
    Letter,
    /// A bullet or a circled number.
    Bullet,
    /// "Article one".
    Ordinal,
}

/// How many kinds of marks there are.
pub const MARKS: usize = Mark::Ordinal as usize + 1;

/// What a line looks like before its words are read.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The mark it opens with.
    pub mark: Mark,
    /// Byte at which its words start.
    pub words: usize,
    /// Given as a heading, or looks like one.
    pub heading: bool,
    /// Ends in a colon.
    pub lead: bool,
    /// Ends in a semicolon.
    pub semicolon: bool,
    /// Characters, up to `LONGEST_LINE`.
    pub length: usize,
}

/// The lines that a line leans on, as indices into the same policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The nearest heading above.
    pub heading: Option<usize>,
    /// The outermost heading above.
    pub outer: Option<usize>,
    /// The sentence that opens the enumeration in which the line stands.
    pub lead: Option<usize>,
}

/// A character as n-grams see it: half width, lower case, every digit the same; none for what carries no word.
///
/// White space and the half-width comma go: policies print neither on purpose inside Chinese sentences, and the corpus
/// has commas in place of spaces in exactly the sentences its annotators copied, which would give the answer away.
fn fold(c: char) -> Option<u32> {
    let c = match c {
        '\u{ff01}'..='\u{ff5e}' if c != '\u{ff0c}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    match c {
        ',' => None,
        '0'..='9' => Some(DIGIT),
        'A'..='Z' => Some(u32::from(c.to_ascii_lowercase())),
        c if c.is_whitespace() || c.is_control() => None,
        c => Some(u32::from(c)),
    }
}

fn numeral(c: char) -> bool {
    NUMERALS.contains(&c)
}

fn digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&c)
}

fn separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '.' | ',' | ':' | ')' | '\u{3001}' | '\u{ff0c}' | '\u{ff0e}' | '\u{ff1a}' | '\u{ff09}')
}

/// The mark at the start of `text` and the byte where it ends, separators included.
fn mark(text: &str) -> (Mark, usize) {
    let trimmed = text.trim_start();
    let none = (Mark::None, text.len() - trimmed.len());
    let mut chars = trimmed.chars();
    let Some(first) = chars.next() else { return none };
    let rest = chars.as_str();
    let (kind, rest) = if matches!(first, '(' | '\u{ff08}') {
        let Some((inside, rest)) = rest.split_once([')', '\u{ff09}']) else { return none };
        let inside = inside.trim();
        if inside.is_empty() || inside.chars().nth(3).is_some() {
            return none;
        }
        if inside.chars().all(numeral) {
            (Mark::BracketedNumeral, rest)
        } else if inside.chars().all(digit) {
            (Mark::BracketedNumber, rest)
        } else if inside.chars().all(|c| c.is_ascii_alphabetic()) {
            (Mark::Letter, rest)
        } else {
            return none;
        }
    } else if digit(first) {
        let rest = trimmed.trim_start_matches(|c| digit(c) || matches!(c, '.' | '\u{ff0e}'));
        let printed = trimmed.get(..trimmed.len() - rest.len()).unwrap_or_default();
        let levels = printed.split(['.', '\u{ff0e}']).filter(|s| !s.is_empty()).count();
        let next = rest.chars().next();
        let bracket = matches!(next, Some(')' | '\u{ff09}'));
        if levels == 1 && !printed.ends_with(['.', '\u{ff0e}']) && !next.is_some_and(separator) {
            return none;
        }
        (
            match levels {
                _ if bracket => Mark::BracketedNumber,
                1 => Mark::Number,
                2 => Mark::Number2,
                _ => Mark::Number3,
            },
            rest,
        )
    } else if numeral(first) {
        let rest = trimmed.trim_start_matches(numeral);
        if !rest.starts_with(|c| matches!(c, '\u{3001}' | '.' | '\u{ff0e}' | ',' | '\u{ff0c}') || c.is_whitespace()) {
            return none;
        }
        (Mark::Numeral, rest)
    } else if first == ORDINAL {
        let after = rest.trim_start_matches(|c| numeral(c) || digit(c));
        if after.len() == rest.len() {
            return none;
        }
        let mut chars = after.chars();
        chars.next();
        (Mark::Ordinal, chars.as_str())
    } else if first.is_ascii_alphabetic() && rest.starts_with(['.', ')', '\u{3001}', '\u{ff0e}', '\u{ff09}']) {
        (Mark::Letter, rest)
    } else if matches!(first, '\u{2460}'..='\u{24ff}' | '\u{2022}' | '\u{b7}' | '\u{25a0}'..='\u{25ff}' | '\u{2776}'..='\u{2793}' | '-' | '*' | '\u{f000}'..='\u{f0ff}')
    {
        (Mark::Bullet, rest)
    } else {
        return none;
    };
    (kind, text.len() - rest.trim_start_matches(separator).len())
}

/// Looks at a line; `heading` says that the outline knows it to be one.
#[must_use]
pub fn shape(text: &str, heading: bool) -> Shape {
    let (mark, words) = mark(text);
    let body = text.get(words..).unwrap_or_default().trim_end();
    let length = body.chars().take(LONGEST_LINE).count();
    let last = body.chars().next_back();
    let stops = last.is_none_or(|c| {
        matches!(c, ',' | ':' | ';' | '.' | '!' | '?')
            || matches!(
                c,
                '\u{3002}' | '\u{ff1b}' | '\u{ff0c}' | '\u{ff1a}' | '\u{ff01}' | '\u{ff1f}' | '\u{2026}' | '\u{3001}'
            )
    });
    Shape {
        mark,
        words,
        heading: heading || (!stops && length <= LONGEST_HEADING),
        lead: matches!(last, Some(':' | '\u{ff1a}')),
        semicolon: matches!(last, Some(';' | '\u{ff1b}')),
        length,
    }
}

/// Links every line to the headings above it and to the lead-in of its enumeration.
pub fn contexts(shapes: &[Shape]) -> impl Iterator<Item = Context> {
    let mut links = Links::default();
    shapes.iter().map(move |shape| links.next(shape))
}

/// What the next line can lean on.
#[derive(Default)]
pub struct Links {
    /// Headings that are open, outermost first: of each kind of mark the last one at most.
    open: Vec<(Mark, usize)>,
    lead: Option<usize>,
    /// The line before ends in a colon or a semicolon.
    before: bool,
    /// Lines so far.
    count: usize,
}

impl Links {
    /// What a line leans on; the lines come in their order.
    pub fn next(&mut self, shape: &Shape) -> Context {
        let at = self.count;
        self.count += 1;
        if shape.heading {
            // A mark of the same kind closes the headings opened since: kinds nest in the order in which they appear.
            if let Some(level) = self.open.iter().position(|&(kind, _)| kind == shape.mark) {
                self.open.truncate(level);
            }
        }
        let item = shape.mark != Mark::None || shape.semicolon || self.before;
        let context = Context {
            heading: self.open.last().map(|o| o.1),
            outer: self.open.first().map(|o| o.1),
            lead: self.lead.filter(|&lead| item && at - lead <= LEAD_REACH),
        };
        if shape.heading {
            self.open.push((shape.mark, at));
        }
        if shape.lead {
            self.lead = Some(at);
        }
        self.before = shape.semicolon || shape.lead;
        context
    }
}

/// Calls `emit` with the hash of every n-gram and of every trait of the line, and the n-gram's place in `folded` (for a
/// trait, an empty one at its place in [`TRAITS`]); the same hash may come again.
pub fn hashes(text: &str, shape: &Shape, folded: &mut Vec<u32>, mut emit: impl FnMut(u32, Range<usize>)) {
    folded.clear();
    folded.push(START);
    for symbol in text.get(shape.words..).unwrap_or_default().chars().take(LONGEST_LINE).filter_map(fold) {
        // Of a long number only that it is one counts.
        if symbol != DIGIT || !folded.ends_with(&[DIGIT, DIGIT]) {
            folded.push(symbol);
        }
    }
    folded.push(END);
    for start in 0..folded.len() {
        let mut hash = SEED;
        for (end, &c) in (start + 1..).zip(folded.get(start..).unwrap_or_default().iter().take(LONGEST)) {
            hash = step(hash, c);
            emit(finish(hash), start..end);
        }
    }
    let traits: [u32; TRAITS.len()] = [
        shape.mark as u32,
        16 + u32::from(shape.heading),
        18 + u32::from(shape.lead),
        20 + u32::from(shape.semicolon),
        24 + (shape.length + 1).ilog2(),
    ];
    for (at, value) in traits.into_iter().enumerate() {
        emit(finish(step(SEED, SHAPE + value)), at..at);
    }
}

fn step(hash: u32, symbol: u32) -> u32 {
    (hash ^ symbol).wrapping_mul(0x9e37_79b1).rotate_left(13)
}

/// Spreads the hash over all bits; a table of 2^b slots is addressed by the highest b.
fn finish(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x85eb_ca6b);
    (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35)
}
