//! Counts → what each says of its members: headings, run-in headings or items.

use super::Line;
use super::body::Body;
use super::counts::{Counts, NONE};
use super::labels::label_end;
use super::shapes::{Shape, is_definition, is_lead, is_statement};
use crate::lexicon::{group, terms};
use crate::numbering::Kind as Number;
use crate::text::{ends_any, is_semicolon, is_terminal, last, part, stops};

/// What the count of each numbered line says.
pub(super) struct Series {
    verdicts: Vec<Verdict>,
    counts: Counts,
}

impl Series {
    /// Judges each count of a body.
    pub fn new(body: &Body<'_, '_>, counts: Counts) -> Self {
        let mut tallies: Vec<Tally> = Vec::new();
        tallies.resize_with(counts.all.len(), Tally::default);
        for n in 0..body.at.len() {
            if let Some(tally) = counts.of(n).and_then(|c| tallies.get_mut(c)) {
                tally.take(n, body, &counts);
            }
        }
        Self { verdicts: tallies.iter().map(Tally::judge).collect(), counts }
    }

    /// What a body line's count says.
    pub fn verdict(&self, n: usize) -> Verdict {
        self.counts.of(n).and_then(|s| self.verdicts.get(s)).copied().unwrap_or_default()
    }

    /// The count of a body line.
    pub fn of(&self, n: usize) -> Option<usize> {
        self.counts.of(n)
    }

    /// The line inside which a count starts.
    pub fn holder(&self, count: u32) -> Option<usize> {
        self.counts.all.get(count as usize).map(|c| c.holder as usize).filter(|at| *at != NONE as usize)
    }

    /// Whether text, deeper numbers or a table stand between a line and its next sibling or an outer number.
    pub fn has_text(&self, n: usize, body: &Body<'_, '_>) -> bool {
        has_text(n, body, &self.counts)
    }

    /// Whether a body line stands where a number is missing.
    pub fn lacks_one(&self, n: usize) -> bool {
        self.counts.lacks_one(n)
    }

    /// The counts themselves.
    pub fn counts(self) -> Counts {
        self.counts
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
    /// Most run-in phrases head more than one sentence.
    pub rich: bool,
    /// Titles with text behind them stand among its members.
    pub beside: bool,
    /// Three or more start with phrases that run in.
    pub several: bool,
    /// Its members are no items of an enumeration.
    pub free: bool,
    /// There is but one.
    pub single: bool,
    /// Clauses stand among titles, and are headings as well.
    pub leads: bool,
    /// Titles stand among more phrases that run in, and are headings without text, too.
    pub among: bool,
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
    /// Those with more than one sentence behind them.
    rich: usize,
    /// Titles with a full stop and text behind them.
    stopped: usize,
    /// Clauses without a full stop.
    leads: usize,
    /// Lines that end with a semicolon.
    items: usize,
    /// Phrases whose text says what they mean.
    defined: usize,
    /// The first two, which set the form, have run-in phrases.
    together: bool,
    /// Those whose text has no end: entries of a list.
    entries: usize,
    /// Labels with a value that has no end.
    values: usize,
    /// They stand below a heading that promises definitions.
    defines: bool,
}

impl Tally {
    fn take(&mut self, n: usize, body: &Body<'_, '_>, counts: &Counts) {
        let Some(line) = body.line(n) else { return };
        self.defines |= self.members == 0 && body.before(n).is_some_and(defines);
        self.members += 1;
        self.items += usize::from(is_semicolon(last(line.text)));
        match body.shape(n) {
            Shape::RunIn(_) => {
                self.run_ins += 1;
                let ended = stops(line.text) > 0 || is_terminal(last(line.text)) || has_text(n, body, counts);
                self.entries += usize::from(!ended);
                self.rich += usize::from(stops(line.text) > 1);
                self.together |= self.members == 2 && self.run_ins == 2;
            }
            Shape::Text | Shape::Lead | Shape::Stopped if is_definition(line.body()) => self.defined += 1,
            Shape::Text | Shape::Lead => {
                self.leads += usize::from(body.shape(n) == Shape::Lead);
                let ended = stops(line.text) > 0 || is_terminal(last(line.text));
                self.values += usize::from(!ended && label_end(line).is_some());
            }
            Shape::Gap(_) => {}
            Shape::Long => {
                let text = body.line(n + 1).is_some_and(|l| l.mark.is_none()) && has_text(n, body, counts);
                self.titles += usize::from(text);
                self.with_text += usize::from(text);
            }
            Shape::Stopped => {
                self.stopped += usize::from(!is_statement(line.body()) && has_text(n, body, counts));
            }
            shape => {
                self.sure += usize::from(shape == Shape::Sure);
                self.titles += 1;
                self.with_text += usize::from(has_text(n, body, counts));
            }
        }
    }

    fn judge(&self) -> Verdict {
        // An entry that ends with a semicolon makes the whole an enumeration.
        let list = self.items > 0 && self.items * 3 >= self.members;
        // Nor do entries without an end, and terms with what they mean, head anything.
        let entries = self.entries * 2 + self.values > self.run_ins || self.defines;
        let heads = self.with_text + if entries { 0 } else { self.run_ins };
        // Among phrases that run in, a title alone is one of them that has its text in the next line, or has lost it.
        let among = !list && !entries && self.run_ins >= 3 && heads * 2 > self.members;
        Verdict {
            heads: !list
                && (heads * 2 + self.stopped > self.members
                    || self.stopped > 1 && self.stopped * 4 >= self.members * 3),
            rich: self.rich * 2 > self.run_ins,
            beside: self.with_text > 0,
            several: self.run_ins >= 3,
            free: !list && !entries && self.defined * 4 <= self.members,
            single: self.members == 1,
            sentences: (self.titles + self.stopped) * 2 <= self.members && self.members > 1,
            titles: !list && self.with_text * 2 > self.titles || self.sure > 0 || among,
            firm: self.sure * 2 >= self.members
                || among
                || self.with_text >= 3 && self.with_text * 3 >= self.titles * 2,
            leads: !list && self.titles > 0 && (self.titles + self.leads) * 2 > self.members,
            among,
            run_ins: !list
                && !entries
                && self.defined * 4 <= self.members
                && heads >= 2
                && (heads * 2 >= self.members || self.together),
        }
    }
}

/// Whether a title promises definitions.
fn defines(line: Line<'_>) -> bool {
    let title = line.title();
    ends_any(part(line.text, title.start(), title.end()), terms(group!("definition")))
}

fn has_text(n: usize, body: &Body<'_, '_>, counts: &Counts) -> bool {
    let (Some(own), Some(next)) = (body.line(n).and_then(|l| l.mark), body.line(n + 1)) else { return false };
    match next.mark {
        None => true,
        Some(m) if m.kind == Number::Bullet => true,
        Some(m) if m.kind != own.kind => m.value == 1 || m.kind > own.kind,
        // A list of its own kind that starts inside of it, and that it does not only lead to.
        Some(_) if body.line(n).is_some_and(is_lead) => false,
        Some(_) => counts.of(n + 1).and_then(|c| counts.all.get(c)).is_some_and(|c| c.holder as usize == n),
    }
}
