//! The lines of a policy → what each is about, and whether a summary should keep it.
//!
//! A linear model over hashed character n-grams. A line's score for a topic is the sum of what its own n-grams weigh, of
//! what those of the two headings above it and of its enumeration's lead-in lend it, and, less, of what the lines before
//! and after lend it. How the weights were made: `training/README.md`.

pub mod features;
mod model;

use features::{Context, Shape};
use model::{COLUMNS, Model, OUTPUTS};
use std::sync::OnceLock;

/// The topics, in the order of the bits of [`Label::topics`]; names and meanings are those of CAPP-130.
pub const TOPICS: [&str; 11] = [
    "collection",
    "permission",
    "sharing",
    "usage",
    "retention",
    "security",
    "special-audience",
    "control",
    "contact",
    "policy-change",
    "cessation",
];
const IMPORTANCE: usize = TOPICS.len();
#[cfg(feature = "labels")]
static BYTES: &[u8] = include_bytes!("../data/zh/labels.model");
#[cfg(not(feature = "labels"))]
static BYTES: &[u8] = &[];

/// A sentence, an item, a table row or a heading, in reading order.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// As printed, with its mark.
    pub text: &'a str,
    /// The outline knows it to be a heading. A line that looks like one is taken as one without being told.
    pub heading: bool,
}

/// What a line is about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Label {
    /// Bit `i` is set where the line is about `TOPICS[i]`.
    pub topics: u16,
    /// A summary should keep it.
    pub important: bool,
    /// Log-odds of `important`, for ranking: above 0 where it is set.
    pub score: f32,
}

impl Label {
    /// The names of the topics, in the order of [`TOPICS`].
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        TOPICS.into_iter().enumerate().filter(move |(i, _)| self.topics >> i & 1 == 1).map(|(_, name)| name)
    }
}

/// Labels every line of a policy. Time grows linearly with the text.
#[must_use]
pub fn label(lines: &[Line<'_>]) -> Vec<Label> {
    let (shapes, contexts) = read(lines);
    let model = model();
    let mut sums = Sums::new(model);
    let weighed: Vec<[i32; COLUMNS]> =
        lines.iter().zip(&shapes).map(|(line, shape)| sums.weigh(line.text, shape)).collect();
    contexts.iter().enumerate().map(|(at, context)| decide(model, &scores(model, &weighed, at, context))).collect()
}

/// Why a line got its labels: for each topic and for importance, the n-grams that weigh most for or against it, each as
/// `topic: n-gram (the line it stands in)` with its share of the log-odds; strongest first.
#[must_use]
pub fn explain(lines: &[Line<'_>], index: usize) -> Vec<(String, f32)> {
    const SHOWN: usize = 6;
    let (shapes, contexts) = read(lines);
    let (Some(context), model) = (contexts.get(index), model()) else { return Vec::new() };
    let mut folded = Vec::new();
    let mut reasons: [Vec<(String, f32)>; OUTPUTS] = Default::default();
    for (from, at, share, own) in std::iter::once(("line", Some(index), 1.0, true))
        .chain(lenders(model, context, index).map(|(n, a, s)| (n, a, s, false)))
    {
        let Some((line, shape)) = at.and_then(|at| lines.get(at).zip(shapes.get(at))) else { continue };
        let mut found = Vec::new();
        features::hashes(line.text, shape, &mut folded, |hash, range| found.push((hash, range)));
        found.sort_by_key(|&(hash, _)| hash);
        found.dedup_by_key(|&mut (hash, _)| hash);
        for (hash, range) in found {
            let gram: String = match folded.get(range).unwrap_or_default() {
                [] => "[shape]".into(),
                symbols => {
                    symbols.iter().map(|&s| char::from_u32(s).filter(|c| !c.is_control()).unwrap_or('|')).collect()
                }
            };
            for &(column, weight) in model.row(hash).map_or(&[][..], |row| model.weights(row)) {
                let column = usize::from(column);
                if (column < OUTPUTS) != own {
                    continue;
                }
                if let Some(list) = reasons.get_mut(column % OUTPUTS) {
                    let topic = TOPICS.get(column % OUTPUTS).unwrap_or(&"important");
                    list.push((format!("{topic}: {gram} ({from})"), f32::from(weight) * model.step * share));
                }
            }
        }
    }
    for list in &mut reasons {
        list.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        list.truncate(SHOWN);
    }
    reasons.into_iter().flatten().collect()
}

/// Labels a text of one sentence a line, whose headings nobody marked: one label a line.
#[must_use]
pub fn classify_lines(text: &str) -> Vec<Label> {
    label(&text.lines().map(|text| Line { text, heading: false }).collect::<Vec<_>>())
}

/// The shipped model. A damaged file would label nothing; a test holds it to be sound.
fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(BYTES).unwrap_or_default())
}

fn read(lines: &[Line<'_>]) -> (Vec<Shape>, Vec<Context>) {
    let shapes: Vec<Shape> = lines.iter().map(|line| features::shape(line.text, line.heading)).collect();
    let contexts = features::contexts(&shapes);
    (shapes, contexts)
}

/// The lines that lend weight to line `at`, and the share of it that counts.
fn lenders(model: &Model, context: &Context, at: usize) -> impl Iterator<Item = (&'static str, Option<usize>, f32)> {
    [
        ("heading", context.heading, model.near),
        ("outer heading", context.outer, model.near),
        ("lead-in", context.lead, model.near),
        ("line before", at.checked_sub(1), model.beside),
        ("line after", at.checked_add(1), model.beside),
    ]
    .into_iter()
}

fn scores(model: &Model, weighed: &[[i32; COLUMNS]], at: usize, context: &Context) -> [f32; OUTPUTS] {
    let mut scores = [0.0; OUTPUTS];
    for (from, share, lent) in std::iter::once((Some(at), 1.0, false))
        .chain(lenders(model, context, at).map(|(_, from, share)| (from, share, true)))
    {
        let Some(sums) = from.and_then(|from| weighed.get(from)) else { continue };
        let (own, other) = sums.split_at(OUTPUTS);
        for (score, &sum) in scores.iter_mut().zip(if lent { other } else { own }) {
            *score += sum as f32 * share;
        }
    }
    for (score, bias) in scores.iter_mut().zip(model.bias) {
        *score = *score * model.step + bias;
    }
    scores
}

fn decide(model: &Model, scores: &[f32; OUTPUTS]) -> Label {
    let mut label = Label::default();
    let mut best = (0, f32::NEG_INFINITY);
    for (topic, &score) in scores.iter().take(IMPORTANCE).enumerate() {
        label.topics |= u16::from(score > 0.0) << topic;
        if score > best.1 {
            best = (topic, score);
        }
    }
    if label.topics == 0 && best.1 > model.reserve {
        label.topics = 1 << best.0;
    }
    label.score = scores.get(IMPORTANCE).copied().unwrap_or_default();
    label.important = label.score > 0.0;
    label
}

/// Adds up the weights of a line's features, each feature once.
struct Sums<'a> {
    model: &'a Model,
    folded: Vec<u32>,
    /// The last line in which a row was seen, counted from 1.
    seen: Vec<u32>,
    line: u32,
}

impl<'a> Sums<'a> {
    fn new(model: &'a Model) -> Self {
        Self { model, folded: Vec::new(), seen: vec![0; model.rows()], line: 0 }
    }

    fn weigh(&mut self, text: &str, shape: &Shape) -> [i32; COLUMNS] {
        let Self { model, folded, seen, line } = self;
        *line += 1;
        let mut sums = [0; COLUMNS];
        features::hashes(text, shape, folded, |hash, _| {
            let Some(row) = model.row(hash) else { return };
            match seen.get_mut(row) {
                Some(last) if *last != *line => *last = *line,
                _ => return,
            }
            for &(column, weight) in model.weights(row) {
                if let Some(sum) = sums.get_mut(usize::from(column)) {
                    *sum += i32::from(weight);
                }
            }
        });
        sums
    }
}
