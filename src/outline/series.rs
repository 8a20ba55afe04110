//! Numbered lines → series that count on, and what each says of its members: headings, run-in headings or items.

use super::headings::{Body, Shape};
use crate::numbering::Kind as Number;
use crate::text::{hash, is_blank};

/// Numbered lines that count on: 1, 2, 3 of one kind, deeper marks between.
pub(super) struct Series {
    verdicts: Vec<Verdict>,
    /// For each body line, its series.
    of: Vec<Option<usize>>,
    /// Body lines between two members of a series where one number is missing.
    gaps: Vec<(usize, usize)>,
    /// The first member of each series.
    pub starts: Vec<usize>,
}

impl Series {
    /// What a body line's series says.
    pub fn verdict(&self, n: usize) -> Verdict {
        self.of.get(n).copied().flatten().and_then(|s| self.verdicts.get(s)).copied().unwrap_or_default()
    }
}

impl Series {
    /// The series of a body line.
    pub fn of(&self, n: usize) -> Option<usize> {
        self.of.get(n).copied().flatten()
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
    /// Most of these are bold.
    pub bold: bool,
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
    id: usize,
}

impl Open {
    /// How much a line with these looks like the next member.
    fn likeness(&self, separator: u64, title: bool) -> u8 {
        2 * u8::from(self.separator == separator) + u8::from(self.title == title)
    }
}

/// Finds the series of a body and judges each.
pub(super) fn series(body: &Body<'_, '_>) -> Series {
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut of = vec![None; body.at.len()];
    // Outermost first.
    let mut open: Vec<Open> = Vec::new();
    let mut gaps: Vec<(usize, usize)> = Vec::new();
    for (n, slot) in of.iter_mut().enumerate() {
        let Some((line, mark)) = body.line(n).and_then(|l| Some((l, l.mark?))) else { continue };
        if mark.kind == Number::Bullet {
            continue;
        }
        let separator = hash(line.text.get(mark.number..mark.end).unwrap_or("").trim_matches(is_blank));
        let title = matches!(body.shape(n), Shape::Title | Shape::Sure);
        let same = |o: &Open| o.kind == mark.kind;
        let counts_on = open.iter().enumerate().filter(|(_, o)| same(o) && o.value + 1 == mark.value);
        // Of several that a number counts on from, the one that looks like it; the innermost of these.
        let next = counts_on.max_by_key(|(_, o)| o.likeness(separator, title)).map(|(at, _)| at);
        // Doubled, skipped and misordered numbers belong to the series as well; only 1 starts a new one.
        let near = || open.iter().rposition(|o| same(o) && (mark.value > o.value || mark.value > 1));
        if let Some(at) = next.or_else(near) {
            open.truncate(at + 1);
        } else {
            if mark.kind < Number::Decimal {
                open.retain(|o| o.kind < mark.kind);
            }
            open.truncate(DEPTH);
            members.push(Vec::new());
            open.push(Open { kind: mark.kind, value: 0, separator, title, id: members.len() - 1 });
        }
        let Some(last) = open.last_mut() else { continue };
        let id = last.id;
        let Some(m) = members.get_mut(id) else { continue };
        if last.value + 2 == mark.value
            && let Some(before) = m.last()
            && gaps.last().is_none_or(|(_, to)| to <= before)
        {
            gaps.push((*before, n));
        }
        (last.value, last.separator, last.title) = (mark.value, separator, title);
        m.push(n);
        *slot = Some(id);
    }
    let starts = members.iter().filter_map(|m| m.first().copied()).collect();
    Series { verdicts: members.iter().map(|m| judge(m, body)).collect(), of, gaps, starts }
}

fn judge(members: &[usize], body: &Body<'_, '_>) -> Verdict {
    let titles: Vec<usize> =
        members.iter().copied().filter(|n| matches!(body.shape(*n), Shape::Title | Shape::Sure)).collect();
    let with_text = titles.iter().filter(|n| has_text(**n, body)).count();
    // The first two of a series set its form.
    let together = members.iter().take(2).filter(|n| matches!(body.shape(**n), Shape::RunIn(_))).count() == 2;
    let phrases = || members.iter().filter(|n| matches!(body.shape(**n), Shape::RunIn(_)));
    let run_ins = phrases().count();
    let bold = phrases().filter(|n| body.line(**n).is_some_and(|l| l.bold_lead > 0)).count();
    // An entry that ends with a semicolon makes the whole an enumeration.
    let items = members.iter().filter(|n| body.line(**n).is_some_and(|l| l.text.ends_with(['\u{ff1b}', ';']))).count();
    let list = items > 0 && items * 3 >= members.len();
    let sure = members.iter().filter(|n| body.shape(**n) == Shape::Sure).count();
    Verdict {
        bold: bold * 2 > run_ins,
        titles: !list && with_text * 2 > titles.len() || sure > 0,
        firm: sure * 2 >= members.len() || with_text >= 3 && with_text * 4 >= titles.len() * 3,
        run_ins: !list && run_ins + with_text >= 2 && ((run_ins + with_text) * 2 >= members.len() || together)
            || sure > 0 && run_ins > 0,
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
