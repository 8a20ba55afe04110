//! Paragraphs without numbers → the labels that they start with, where most of a stretch is set so.

use super::Line;
use super::body::Body;
use super::shapes::{heads_text, is_cut_off, is_definition, is_statement, opens, promises, stop};
use crate::blocks::Kind;
use crate::lexicon::{group, terms};
use crate::numbering::Kind as Number;
use crate::text::{count, ends_any, first, has, is_colon, is_comma, is_terminal, part, starts_any, stops, trim_end};

/// Paragraphs of one shape, a few words and a colon before sentences, are sections that run in, if most of a stretch
/// between numbers is set so: where the phrase ends in each, 0 in other lines.
pub(super) fn labels(body: &Body<'_, '_>) -> Vec<u32> {
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
    /// The bold ones.
    bold: usize,
    /// Lines of the stretch that could be one.
    lines: usize,
}

impl Labels {
    fn new(body: &Body<'_, '_>, lines: std::ops::Range<usize>) -> Self {
        let mut own = Self::default();
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
        let most = most || beside;
        let few = self.defined.len() * 3 <= found;
        let defined = self.defined.into_iter().filter(move |_| few);
        self.found.into_iter().chain(self.bare).chain(defined).filter(move |_| most)
    }
}

/// A label whose text stands in the next lines.
pub(super) const BARE: u32 = u32::MAX;

/// Whether a line is nothing but a label and a colon.
pub(super) fn is_bare_label(line: Line<'_>) -> bool {
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
pub(super) const LABEL: usize = 16;

/// Where the label ends that a paragraph without a number starts with.
pub(super) fn label_end(line: Line<'_>) -> Option<usize> {
    let start = line.title_start();
    let end = start + stop(line.body())?.0;
    let label = part(line.text, start, end);
    (is_colon(first(part(line.text, end, line.text.len()))) && count(label) <= LABEL).then_some(end)
}

/// Whether a label heads the text of its line.
pub(super) fn is_label_of(line: Line<'_>, end: usize) -> bool {
    let label = part(line.text, line.title_start(), end);
    (!opens(label) || line.title_start() + line.bold_lead >= end)
        && !promises(label)
        && !starts_any(label, terms(group!("person")))
        && heads_text(line, line.title_start(), end)
}
