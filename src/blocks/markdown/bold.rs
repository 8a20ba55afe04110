//! The pieces of a paragraph → what each run of stars and each `__` in it does to bold.
//!
//! A run of two or more `*` switches bold on and off; an odd one holds to the end of its line, or to a later line that has
//! an odd one as well. `__` counts where another one stands in its line.

use super::Inline;
use crate::blocks::Writer;
use crate::text::{first, has, last, part};

/// What a run of stars does to bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    /// Nothing: no part of a run of two or more signs.
    None,
    On,
    Off,
    /// On, up to the end of the line: nothing closes it.
    Line,
    /// Markup without effect.
    Drop,
}

/// Whether bold is on: how often it was switched on, and since where.
#[derive(Default)]
pub(super) struct Bold {
    pub start: Option<usize>,
    pub depth: u32,
}

impl Bold {
    pub fn switch(&mut self, on: bool, writer: &mut Writer<'_>) {
        self.depth = if on { self.depth + 1 } else { self.depth.saturating_sub(1) };
        if self.depth == 0 {
            self.pause(writer);
        } else {
            self.resume(writer);
        }
    }

    pub fn pause(&mut self, writer: &mut Writer<'_>) {
        if let Some(start) = self.start.take() {
            writer.bold(start);
        }
    }

    pub fn resume(&mut self, writer: &Writer<'_>) {
        if self.depth > 0 && self.start.is_none() {
            self.start = Some(writer.at());
        }
    }
}

/// A run of stars: its first piece, how many, and the line it stands in.
struct Run {
    at: usize,
    count: usize,
    line: usize,
    /// Runs to come in the line.
    rest: usize,
}

/// What each piece does to bold.
pub(super) fn switches(inline: &[Inline], source: &str) -> Vec<Switch> {
    let mut out: Vec<Switch> = Vec::with_capacity(inline.len());
    let mut runs: Vec<Run> = Vec::new();
    let mut line = 0;
    let mut opening: Option<usize> = None;
    let stars = |i: usize| match inline.get(i) {
        Some(Inline::Stars(span) | Inline::Half(span)) if source.as_bytes().get(span.start()) == Some(&b'*') => {
            Some(*span)
        }
        _ => None,
    };
    let mut i = 0;
    while let Some(piece) = inline.get(i) {
        let mut switch = Switch::None;
        let at = i;
        if let Some(span) = stars(i) {
            let mut end = span.end();
            let mut count = span.end() - span.start();
            // A run goes on over escapes: `\**`, `*\*`.
            loop {
                let escape =
                    matches!(inline.get(i + 1), Some(Inline::Copy(c)) if part(source, c.start(), c.end()) == "\\");
                let j = i + 1 + usize::from(escape);
                let Some(next) =
                    stars(j).filter(|n| n.start() >= end && !has(part(source, end, n.start()), |c| c != '\\'))
                else {
                    break;
                };
                count += next.end() - next.start();
                end = next.end();
                i = j;
            }
            let before = last(part(source, 0, span.start()));
            let after = first(part(source, end, source.len()));
            let masks = count > 2 && before.is_ascii_digit() && after.is_ascii_digit();
            if count > 1 && !masks {
                switch = Switch::Drop;
                runs.push(Run { at, count, line, rest: 0 });
            }
        } else {
            match piece {
                Inline::Break(_) => {
                    line += 1;
                    opening = None;
                }
                // `__` is text where no other one stands in its line.
                Inline::Stars(_) | Inline::Half(_) => match opening.take() {
                    Some(first) => {
                        switch = Switch::Off;
                        if let Some(slot) = out.get_mut(first) {
                            *slot = Switch::On;
                        }
                    }
                    None => opening = Some(i),
                },
                _ => {}
            }
        }
        i += 1;
        while out.len() < i {
            out.push(switch);
        }
    }
    let mut next = (usize::MAX, 0);
    for run in runs.iter_mut().rev() {
        run.rest = if run.line == next.0 { next.1 + 1 } else { 0 };
        next = (run.line, run.rest);
    }
    // A line whose runs do not pair up may be paired with a later such line: bold across lines.
    let mut odd = None;
    let mut on = false;
    for run in &runs {
        on = step(on, run);
        if run.rest == 0 && std::mem::take(&mut on) {
            odd = Some(run.line);
        }
    }
    for run in &runs {
        let next = step(on, run);
        let starts = || run.at == 0 || matches!(inline.get(run.at - 1), Some(Inline::Break(_)));
        let switch = match (on, next) {
            (false, true) if run.rest > 0 || odd > Some(run.line) => Switch::On,
            (false, true) if starts() => Switch::Line,
            (true, false) => Switch::Off,
            _ => Switch::Drop,
        };
        on = if matches!(switch, Switch::On | Switch::Off) { next } else { on };
        if let Some(slot) = out.get_mut(run.at) {
            *slot = switch;
        }
    }
    out
}

/// Whether bold is on after a run. Four stars between two bold phrases close one and open the next; at the end of a line,
/// where nothing is open, they are an empty pair.
fn step(on: bool, run: &Run) -> bool {
    if on { run.count >= 4 && run.rest % 2 == 1 } else { !run.count.is_multiple_of(4) || run.rest > 0 }
}
