//! Numbered lines → series that count on, and what each says of its members: headings, run-in headings or items.

use super::headings::{Body, Shape, is_definition};
use crate::numbering::Kind as Number;
use crate::text::{hash, is_semicolon, last, part, trim};

/// Numbered lines that count on: 1, 2, 3 of one kind, deeper marks between.
pub(super) struct Series {
    verdicts: Vec<Verdict>,
    /// For each body line, its series, or [`NONE`].
    of: Vec<u32>,
    /// Body lines between two members of a series where one number is missing, or a few.
    gaps: Vec<(usize, usize)>,
    /// The first member of each series.
    pub starts: Vec<u32>,
}

/// No series.
const NONE: u32 = u32::MAX;

impl Series {
    /// The series of a body line.
    pub fn of(&self, n: usize) -> Option<usize> {
        self.of.get(n).filter(|s| **s != NONE).map(|s| *s as usize)
    }

    /// What a body line's series says.
    pub fn verdict(&self, n: usize) -> Verdict {
        self.of(n).and_then(|s| self.verdicts.get(s)).copied().unwrap_or_default()
    }

    /// Whether a body line stands where a number is missing.
    pub fn lacks_one(&self, n: usize) -> bool {
        let i = self.gaps.partition_point(|(_, to)| *to <= n);
        self.gaps.get(i).is_some_and(|(from, _)| *from < n)
    }
}

/// What a series says of its members.
#[expect(clippy::struct_excessive_bools, reason = "each is a measure of its own")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verdict {
    /// Lines that look like titles are headings.
    pub titles: bool,
    /// Even those without text behind them.
    pub firm: bool,
    /// Phrases at the start of lines are headings.
    pub run_ins: bool,
    /// Most members are sentences or items.
    pub sentences: bool,
    /// Most are headings, run in or not.
    pub heads: bool,
}

/// Deeper marks than these are no series of their own.
const DEPTH: usize = 16;

/// An open series, as its last member shows it.
struct Open {
    kind: Number,
    value: u32,
    /// What is printed between number and text, hashed.
    separator: u64,
    /// The line can be a title.
    title: bool,
    /// Its body line.
    last: usize,
    id: usize,
    tally: Tally,
}

impl Open {
    /// How much a line with these looks like the next member.
    fn likeness(&self, separator: u64, title: bool) -> u8 {
        2 * u8::from(self.separator == separator) + u8::from(self.title == title)
    }
}

/// Finds the series of a body and judges each.
pub(super) fn series(body: &Body<'_, '_>) -> Series {
    let mut found =
        Series { verdicts: Vec::new(), of: Vec::with_capacity(body.at.len()), gaps: Vec::new(), starts: Vec::new() };
    // Outermost first.
    let mut open: Vec<Open> = Vec::new();
    for n in 0..body.at.len() {
        found.of.push(NONE);
        let Some(line) = body.line(n) else { continue };
        let Some(mark) = line.mark.filter(|m| m.kind != Number::Bullet) else { continue };
        let separator = hash(trim(part(line.text, mark.number, mark.end)));
        let title = matches!(body.shape(n), Shape::Title | Shape::Sure);
        // Of several that a number counts on from, the one that looks like it; the innermost of these.
        let mut next: Option<(u8, usize)> = None;
        // Doubled, skipped and misordered numbers belong to the series as well; only 1 starts a new one.
        let mut near = None;
        for (at, o) in open.iter().enumerate().filter(|(_, o)| o.kind == mark.kind) {
            if o.value + 1 == mark.value {
                next = next.max(Some((o.likeness(separator, title), at)));
            }
            if mark.value > o.value || mark.value > 1 {
                near = Some(at);
            }
        }
        if let Some(at) = next.map(|n| n.1).or(near) {
            open.truncate(at + 1);
        } else {
            let mut at = 0;
            while let Some(o) = open.get(at).filter(|_| mark.kind < Number::Decimal) {
                if o.kind < mark.kind {
                    at += 1;
                } else {
                    open.remove(at);
                }
            }
            open.truncate(DEPTH);
            open.push(Open {
                kind: mark.kind,
                value: 0,
                separator,
                title,
                last: n,
                id: found.starts.len(),
                tally: Tally::default(),
            });
            found.verdicts.push(Verdict::default());
            found.starts.push(n as u32);
        }
        let Some(own) = open.last_mut() else { continue };
        if (own.value + 2..own.value + 5).contains(&mark.value)
            && own.last < n
            && found.gaps.last().is_none_or(|(_, to)| *to <= own.last)
        {
            found.gaps.push((own.last, n));
        }
        (own.value, own.separator, own.title, own.last) = (mark.value, separator, title, n);
        own.tally.take(n, body);
        if let Some(verdict) = found.verdicts.get_mut(own.id) {
            *verdict = own.tally.judge();
        }
        if let Some(of) = found.of.last_mut() {
            *of = own.id as u32;
        }
    }
    found
}

/// What is counted of the members of a series.
#[derive(Default)]
struct Tally {
    members: usize,
    /// Lines that are headings whatever their siblings are.
    sure: usize,
    /// These, and lines that could be one.
    titles: usize,
    /// Titles with text behind them.
    with_text: usize,
    run_ins: usize,
    /// Lines that end with a semicolon.
    items: usize,
    /// Phrases whose text says what they mean.
    defined: usize,
    /// The first two, which set the form, have run-in phrases.
    together: bool,
}

impl Tally {
    fn take(&mut self, n: usize, body: &Body<'_, '_>) {
        let Some(line) = body.line(n) else { return };
        self.members += 1;
        self.items += usize::from(is_semicolon(last(line.text)));
        match body.shape(n) {
            Shape::RunIn(_) => {
                self.run_ins += 1;
                self.together |= self.members == 2 && self.run_ins == 2;
            }
            Shape::Text => self.defined += usize::from(is_definition(line.body())),
            Shape::Stopped => {}
            shape => {
                self.sure += usize::from(shape == Shape::Sure);
                self.titles += 1;
                self.with_text += usize::from(has_text(n, body));
            }
        }
    }

    fn judge(&self) -> Verdict {
        // An entry that ends with a semicolon makes the whole an enumeration.
        let list = self.items > 0 && self.items * 3 >= self.members;
        let heads = self.run_ins + self.with_text;
        Verdict {
            heads: !list && heads * 2 > self.members,
            sentences: self.titles * 2 <= self.members && self.members > 1,
            titles: !list && self.with_text * 2 > self.titles || self.sure > 0,
            firm: self.sure * 2 >= self.members || self.with_text >= 3 && self.with_text * 4 >= self.titles * 3,
            run_ins: !list
                && self.defined * 4 <= self.members
                && heads >= 2
                && (heads * 2 >= self.members || self.together)
                || self.sure > 0 && self.run_ins > 0,
        }
    }
}

/// Whether text, deeper numbers or a table stand between a line and its next sibling or an outer number.
pub(super) fn has_text(n: usize, body: &Body<'_, '_>) -> bool {
    let (Some(own), Some(next)) = (body.line(n).and_then(|l| l.mark), body.line(n + 1)) else { return false };
    match next.mark {
        None => true,
        Some(m) if m.kind == Number::Bullet => true,
        Some(m) => m.kind != own.kind && (m.value == 1 || m.kind > own.kind),
    }
}
