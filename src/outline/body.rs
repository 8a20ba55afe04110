//! Lines and their roles → those that are body, with what their shapes and the printed contents say of each.

use super::aside::is_sentence;
use super::phrases::{heads_paragraph, is_closed, is_date, is_field, is_label, is_short_phrase, stands_alone};
use super::shapes::{Shape, shape};
use super::{Line, Lines, Role, key};
use crate::blocks::Kind;
use crate::numbering::Kind as Number;
use crate::text::{Numbers, hash, is_colon, is_semicolon, last};

/// The lines that are body so far, in order, with what their shapes say.
pub(super) struct Body<'l, 'd> {
    pub lines: &'l Lines<'d>,
    /// Indices of the lines.
    pub at: Vec<u32>,
    pub shapes: Vec<Shape>,
    /// Short phrases before a paragraph: headings where the policy does so more than once.
    pub weak: Vec<bool>,
    /// Keys of the printed contents' entries, hashed, each with its line.
    pub listed: Numbers,
    /// The lines of the printed contents.
    pub contents: Vec<usize>,
    /// A page has elements for headings and captions.
    pub page: bool,
    /// A page uses those for headings.
    pub marked: bool,
}

impl<'l, 'd> Body<'l, 'd> {
    pub fn new(lines: &'l Lines<'d>, page: bool) -> Self {
        // Nearly all of them will be body: growing would take room for twice as many.
        let most = lines.len();
        let (at, shapes, weak) = (Vec::with_capacity(most), Vec::with_capacity(most), Vec::with_capacity(most));
        Self { lines, at, shapes, weak, listed: Numbers::default(), contents: Vec::new(), page, marked: false }
    }

    /// Takes the lines that are body and the entries of printed contents; returns the key of the policy's own title.
    pub fn fill(&mut self, roles: &[Role]) -> String {
        let mut title = String::new();
        for (i, (line, role)) in self.lines.iter().zip(roles).enumerate() {
            match role {
                Role::Body(_) => {
                    self.at.push(i as u32);
                    self.marked |= self.page && matches!(line.kind, Kind::Heading(_));
                    self.shapes.push(shape(line));
                }
                Role::Title => title = key(line.text),
                Role::Contents => {
                    self.listed.insert(hash(&key(line.body())), i);
                    self.contents.push(i);
                }
                _ => {}
            }
        }
        // What has its number needs none of its entry's.
        for n in 0..self.at.len() {
            if let Some(line) = self.line(n).filter(|l| l.mark.is_some_and(|m| m.kind != Number::Bullet)) {
                let own = hash(&key(line.body()));
                if self.entry(own).is_some_and(|e| e.mark.is_some()) {
                    self.listed.insert(own, self.lines.len());
                }
            }
        }
        title
    }

    /// Finds the short phrases before a paragraph; returns how many there are, and how many of them have bullets.
    pub fn weigh(&mut self) -> (usize, usize) {
        // Where a page has elements for headings a phrase needs more text behind it.
        let least = if self.marked { 25 } else { 10 };
        let mut alone = 0;
        for n in 0..self.at.len() {
            alone += usize::from(is_label(n, self));
        }
        let (mut customary, mut bulleted) = (0, 0);
        for n in 0..self.at.len() {
            let weak = stands_alone(n, self, least) || alone > 2 && is_label(n, self);
            self.weak.push(weak);
            customary += usize::from(weak);
            bulleted += usize::from(weak && self.line(n).is_some_and(|l| l.mark.is_some()));
        }
        if customary > 2 {
            customary += self.short_ones();
        }
        let firsts = self.firsts();
        for n in firsts {
            bulleted += usize::from(self.line(n).is_some_and(|l| l.mark.is_some()));
            if let Some(weak) = self.weak.get_mut(n) {
                *weak = true;
            }
        }
        (customary, bulleted)
    }

    /// Names the phrases among such with one short sentence behind them, and the last one before a label and its value;
    /// returns how many there are.
    fn short_ones(&mut self) -> usize {
        /// A sentence of fewer characters is no text of a section.
        const SENTENCE: usize = 5;
        let (mut found, first) = (0, self.weak.iter().position(|weak| *weak).unwrap_or(0));
        for n in (first.saturating_sub(2)..self.at.len()).rev() {
            let Some(text) = self.line(n + 1).filter(|l| l.mark.is_none() && l.kind == Kind::Paragraph) else {
                continue;
            };
            let ends = n + 2 == self.at.len();
            let says = is_sentence(text) && !is_semicolon(last(text.text)) && text.length >= SENTENCE
                || ends && is_field(text);
            let beside = ends || self.weak.get(n + 2) == Some(&true);
            let closed =
                || is_closed(n, self) || self.before(n).is_some_and(|l| l.length <= 40 && is_date(&key(l.text)));
            if !self.marked
                && says
                && beside
                && is_short_phrase(n, self, false)
                && closed()
                && let Some(weak) = self.weak.get_mut(n).filter(|weak| !**weak)
            {
                *weak = true;
                found += 1;
            }
        }
        found
    }

    /// The first of several such phrases, right behind what leads to them: the next one, with a bullet if it has one, stands
    /// in the same section.
    pub fn firsts(&self) -> Vec<usize> {
        /// Lines of the text of one of them.
        const APART: usize = 12;
        let mut firsts = Vec::new();
        // The next one, and whether it has a bullet.
        let mut next: Option<(usize, bool)> = None;
        for n in (0..self.at.len()).rev() {
            let Some(line) = self.line(n) else { continue };
            let bullet = line.mark.is_some_and(|m| m.kind == Number::Bullet);
            if self.weak.get(n) == Some(&true) {
                next = Some((n, bullet));
            } else if line.mark.is_some_and(|m| m.kind <= Number::HanEnclosed)
                && !matches!(self.shape(n), Shape::Text | Shape::Lead)
            {
                next = None;
            } else if next.is_some_and(|(at, like)| (n + 2..=n + APART).contains(&at) && like == bullet)
                && self.before(n).is_some_and(|l| is_colon(last(l.text)) && (l.length > 20 || self.is_listed(l)))
                && (line.mark.is_none() || bullet)
                && is_short_phrase(n, self, false)
                && (heads_paragraph(n, self, 10) || bullet && self.starts_count(n + 1))
            {
                firsts.push(n);
            }
        }
        firsts
    }

    /// Whether a count starts with a line.
    pub fn starts_count(&self, n: usize) -> bool {
        self.line(n).and_then(|l| l.mark).is_some_and(|m| m.kind != Number::Bullet && m.value == 1)
    }

    /// The line at a position of the body.
    pub fn line(&self, n: usize) -> Option<Line<'d>> {
        self.at.get(n).and_then(|i| self.lines.get(*i as usize))
    }

    /// The line of the printed contents with that hashed key, but for one with a number where a heading has its own.
    pub fn entry(&self, key: u64) -> Option<Line<'d>> {
        self.lines.get(self.listed.get(key)?)
    }

    /// Whether the printed contents stand right behind a line.
    pub fn leads_to_contents(&self, n: usize) -> bool {
        let next = self.at.get(n).map_or(usize::MAX, |i| *i as usize + 1);
        self.contents.binary_search(&next).is_ok()
    }

    /// Whether the printed contents name a line.
    pub fn is_listed(&self, line: Line<'_>) -> bool {
        self.entry(hash(&key(line.body()))).is_some()
    }

    /// Whether the printed contents list a line on their outermost level, with a number of its kind.
    pub fn is_chapter(&self, n: usize) -> bool {
        let mark = |i: usize| self.lines.get(i).and_then(|l| l.mark).filter(|m| m.kind != Number::Bullet);
        let outermost = || self.contents.iter().find_map(|i| mark(*i)).map(|m| m.kind);
        self.line(n).is_some_and(|own| {
            own.mark.is_some_and(|m| outermost() == Some(m.kind)) && self.listed.get(hash(&key(own.body()))).is_some()
        })
    }

    /// Whether a line is an entry of a list without numbers behind a colon.
    pub fn listed_item(&self, n: usize) -> bool {
        /// Entries that are looked at: the list of a policy that has more is a part of its own.
        const ENTRIES: usize = 40;
        let Some(own) = self.line(n).filter(|l| matches!(l.kind, Kind::Item(_)) && l.mark.is_none()) else {
            return false;
        };
        for at in (n.saturating_sub(ENTRIES)..n).rev() {
            match self.line(at) {
                Some(l) if l.kind == own.kind && l.mark.is_none() => {}
                Some(l) => return is_colon(last(l.text)),
                None => return false,
            }
        }
        false
    }

    pub fn before(&self, n: usize) -> Option<Line<'d>> {
        self.line(n.checked_sub(1)?)
    }

    pub fn shape(&self, n: usize) -> Shape {
        self.shapes.get(n).copied().unwrap_or(Shape::Text)
    }
}
