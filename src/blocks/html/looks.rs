//! How blocks look → which of them are headings: by the level that a class names, by their size, or by a class that short
//! lines before paragraphs have to themselves.

use super::super::{Block, Kind};
use crate::text::{Numbers, Text, has, is_colon, is_digit, is_semicolon, is_terminal, last, size, stops};

/// How the blocks of a page look, in order.
#[derive(Debug, Default)]
pub(super) struct Looks(Vec<Look>);

#[derive(Clone, Copy, Debug)]
struct Look {
    block: usize,
    /// Of its first character, in hundredths of a pixel.
    size: usize,
    /// Its element's tag and classes, hashed.
    class: u64,
    /// The level of a heading that a class around it names.
    level: Option<u8>,
}

/// The longest heading.
const TITLE: usize = 60;

/// The level that one of an element's classes names: `h2`, `heading-h2`, `ql-h2`.
pub(super) fn level(classes: &str) -> Option<u8> {
    for word in classes.split(|c: char| !c.is_ascii_alphanumeric()) {
        if let [b'h' | b'H', n @ b'1'..=b'6'] = word.as_bytes() {
            return Some(n - b'0');
        }
    }
    None
}

impl Looks {
    /// Notes how a block looks that is about to start.
    pub fn push(&mut self, block: usize, size: usize, class: u64, level: Option<u8>) {
        // What was begun before, without a character, was none.
        while self.0.last().is_some_and(|l| l.block >= block) {
            self.0.pop();
        }
        self.0.push(Look { block, size, class, level });
    }

    /// Makes headings of the blocks that look like headings, unless tags tell them.
    pub fn settle(&self, text: &Text, blocks: &mut [Block]) {
        let tagged =
            |blocks: &[Block]| blocks.iter().filter(|b| matches!(b.kind, Kind::Heading(n) if n > 1)).count() > 1;
        if tagged(blocks) {
            return;
        }
        self.by_level(text, blocks);
        if !tagged(blocks) {
            self.by_size(text, blocks);
        }
        if !tagged(blocks) {
            self.by_class(text, blocks);
        }
    }

    /// Makes headings of short lines that are all there is in an element whose class names a level.
    fn by_level(&self, text: &Text, blocks: &mut [Block]) {
        for (n, look) in self.0.iter().enumerate() {
            let beside = |n: Option<usize>| n.and_then(|n| self.0.get(n)).is_some_and(|l| l.level == look.level);
            let Some(level) = look.level else { continue };
            // A whole page may be called "h5".
            if beside(n.checked_sub(1)) && beside(Some(n + 1)) {
                continue;
            }
            if let Some(block) = blocks.get_mut(look.block).filter(|b| b.kind == Kind::Paragraph)
                && is_title(text.slice(block.span))
            {
                block.kind = Kind::Heading(level);
            }
        }
    }

    /// Makes headings of short lines that are set larger than most of the text: the larger, the further out.
    fn by_size(&self, text: &Text, blocks: &mut [Block]) {
        /// Hundredths of a pixel that are no difference.
        const SAME: usize = 5;
        /// More sizes than a page has.
        const MOST: usize = 40;
        // Each size with its number of characters.
        let mut weights: Vec<(usize, usize)> = Vec::new();
        for look in &self.0 {
            let Some(block) = blocks.get(look.block).filter(|b| b.kind == Kind::Paragraph) else { continue };
            let length = size(text.slice(block.span));
            let known = weights.iter().position(|w| w.0.abs_diff(look.size) < SAME);
            if let Some(weight) = known.and_then(|k| weights.get_mut(k)) {
                weight.1 += length;
            } else if weights.len() < MOST {
                weights.push((look.size, length));
            }
        }
        let (mut body, mut most) = (0, 0);
        for (own, length) in &weights {
            if *length >= most {
                (body, most) = (*own, *length);
            }
        }
        for look in &self.0 {
            let Some(block) = blocks.get_mut(look.block) else { continue };
            // Eight in a hundred are seen.
            let larger = weights.iter().any(|w| w.0.abs_diff(look.size) < SAME && w.0 * 100 > body * 108);
            if block.kind == Kind::Paragraph && larger && is_title(text.slice(block.span)) {
                let mut level = 1;
                for (other, _) in &weights {
                    level += u8::from(*other >= look.size + SAME && level < 6);
                }
                block.kind = Kind::Heading(level);
            }
        }
    }

    /// Makes headings of short lines whose class no other line has, where text follows nearly all of them.
    fn by_class(&self, text: &Text, blocks: &mut [Block]) {
        /// Fewer are no series.
        const LEAST: usize = 3;
        let mut classes = Numbers::default();
        // For each class: its lines, those that can be titles, those with a paragraph of another class behind them.
        let mut tallies: Vec<[usize; 3]> = Vec::new();
        let line = |blocks: &[Block], n: usize| -> Option<(Look, Block)> {
            let look = self.0.get(n)?;
            Some((*look, blocks.get(look.block).filter(|b| b.kind == Kind::Paragraph)?.clone()))
        };
        for n in 0..self.0.len() {
            let Some((look, block)) = line(blocks, n) else { continue };
            let at = classes.get(look.class).unwrap_or(tallies.len());
            if at == tallies.len() {
                classes.insert(look.class, at);
                tallies.push([0; 3]);
            }
            let own = text.slice(block.span);
            let heads = line(blocks, n + 1).is_some_and(|(next, block)| {
                let text = text.slice(block.span);
                next.class != look.class && stops(text) > 0 && size(text) > size(own).min(20)
            });
            if let Some(tally) = tallies.get_mut(at) {
                tally[0] += 1;
                tally[1] += usize::from(is_phrase(own));
                tally[2] += usize::from(heads);
            }
        }
        for n in 0..self.0.len() {
            let Some((look, _)) = line(blocks, n) else { continue };
            let tally = classes.get(look.class).and_then(|at| tallies.get(at));
            if tally.is_some_and(|[all, titles, heads]| *all >= LEAST && titles == all && heads * 5 >= all * 4)
                && let Some(block) = blocks.get_mut(look.block)
            {
                block.kind = Kind::Heading(2);
            }
        }
    }
}

/// A line that can be a heading where its look says so.
fn is_title(line: &str) -> bool {
    size(line) <= TITLE && !has(line, |c| matches!(c, '\u{3002}' | '\u{ff1b}'))
}

/// A phrase that can be a heading though nothing but its class says so: no sentence, no label with its value, no date.
fn is_phrase(line: &str) -> bool {
    size(line) <= TITLE / 2
        && stops(line) == 0
        && !has(line, |c| is_colon(c) || is_semicolon(c) || c == '@' || c == '\u{ff0c}')
        && (!is_terminal(last(line)) || matches!(last(line), '?' | '\u{ff1f}'))
        && crate::text::count_of(line, is_digit) < 6
}
