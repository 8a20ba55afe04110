//! The lines of a policy → what each is about, and whether a summary should keep it.
//!
//! A linear model over hashed character n-grams. A line's score for a topic is the sum of what its own n-grams weigh, of
//! what those of the two headings above it and of its enumeration's lead-in lend it, and, less, of what the lines before
//! and after lend it. How the weights were made: `training/README.md`.

pub mod features;
mod model;

use features::{Context, Links, Shape};
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
static MODEL: OnceLock<Model> = OnceLock::new();

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

/// Takes in the weights, the bytes of `data/zh/labels.model`, where the program was built without; the first stay.
/// Whether they are sound: bytes that are damaged or of another version are refused, whatever stood here before.
#[must_use]
pub fn add(bytes: &[u8]) -> bool {
    let Some(model) = Model::read(bytes) else { return false };
    MODEL.get_or_init(|| model);
    true
}

/// Labels the lines of a policy but those that are told to be headings; without weights, with nothing. Time grows linearly
/// with the text.
#[must_use]
pub fn label(lines: &[Line<'_>]) -> Vec<Label> {
    let mut labeller = Labeller::new(lines.len());
    for line in lines {
        labeller.take(*line);
    }
    labeller.finish()
}

type Weights = [i16; COLUMNS];

/// How many lines back a line can lean on one that is no heading: a power of two above the reach of a lead-in.
const REACH: usize = features::LEAD_REACH.next_power_of_two();

/// Labels lines as they come. Of what was weighed only that stays on which a later line can lean.
pub struct Labeller {
    sums: Option<Sums<'static>>,
    links: Links,
    /// The last lines, each in the place of its index modulo their number.
    recent: [Weights; REACH],
    /// By mark, the last heading with that mark.
    headings: [(usize, Weights); features::MARKS],
    /// What the last line leans on; its label waits for the line after it.
    last: Option<Context>,
    /// Lines so far.
    count: usize,
    labels: Vec<Label>,
}

impl Labeller {
    /// Makes room for so many labels.
    #[must_use]
    pub fn new(room: usize) -> Self {
        Self {
            sums: model().map(Sums::new),
            links: Links::default(),
            recent: [[0; COLUMNS]; REACH],
            headings: [(usize::MAX, [0; COLUMNS]); features::MARKS],
            last: None,
            count: 0,
            labels: Vec::with_capacity(room),
        }
    }

    /// Takes the next line.
    pub fn take(&mut self, line: Line<'_>) {
        let Some(sums) = &mut self.sums else {
            if !line.heading {
                self.labels.push(Label::default());
            }
            return;
        };
        let shape = features::shape(line.text, line.heading);
        let weights = sums.weigh(line.text, &shape);
        self.decide(Some(&weights));
        let context = self.links.next(&shape);
        self.last = Some(context).filter(|_| !line.heading);
        if let Some(slot) = self.recent.get_mut(self.count % REACH) {
            *slot = weights;
        }
        if let Some(slot) = self.headings.get_mut(shape.mark as usize).filter(|_| shape.heading) {
            *slot = (self.count, weights);
        }
        self.count += 1;
    }

    /// Labels the last line, before the one after it takes a place.
    fn decide(&mut self, after: Option<&Weights>) {
        let (Some(context), Some(sums)) = (self.last.take(), &self.sums) else { return };
        let weighed = |at: usize| {
            if at >= self.count {
                after
            } else if at + REACH >= self.count {
                self.recent.get(at % REACH)
            } else {
                self.headings.iter().find(|h| h.0 == at).map(|h| &h.1)
            }
        };
        self.labels.push(decide(sums.model, &scores(sums.model, &weighed, self.count - 1, &context)));
    }

    /// All labels.
    #[must_use]
    pub fn finish(mut self) -> Vec<Label> {
        self.decide(None);
        self.labels.shrink_to_fit();
        self.labels
    }
}

/// Why a line got its labels: for each topic and for importance, the n-grams that weigh most for or against it, each as
/// `topic: n-gram (the line it stands in)` with its share of the log-odds; strongest first.
#[must_use]
pub fn explain(lines: &[Line<'_>], index: usize) -> Vec<(String, f32)> {
    const SHOWN: usize = 10;
    let shapes = read(lines);
    let (Some(context), Some(model)) = (features::contexts(&shapes).nth(index), model()) else { return Vec::new() };
    let mut folded = Vec::new();
    let mut reasons: [Vec<(String, f32)>; OUTPUTS] = Default::default();
    for (from, at, share, own) in std::iter::once(("line", Some(index), 1.0, true))
        .chain(lenders(model, &context, index).map(|(n, a, s)| (n, a, s, false)))
    {
        let Some((line, shape)) = at.and_then(|at| lines.get(at).zip(shapes.get(at))) else { continue };
        let mut found = Vec::new();
        features::hashes(line.text, shape, &mut folded, |hash, range| found.push((hash, range)));
        found.sort_by_key(|&(hash, _)| hash);
        found.dedup_by_key(|&mut (hash, _)| hash);
        for (hash, range) in found {
            let gram: String = match folded.get(range.clone()).unwrap_or_default() {
                [] => format!("[{}]", features::TRAITS.get(range.start).unwrap_or(&"")),
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

/// The shipped weights, or those that were added.
fn model() -> Option<&'static Model> {
    #[cfg(feature = "labels")]
    if MODEL.get().is_none() {
        // A test holds the file to be sound.
        let model = Model::read(include_bytes!("../data/zh/labels.model"))?;
        return Some(MODEL.get_or_init(|| model));
    }
    MODEL.get()
}

fn read(lines: &[Line<'_>]) -> Vec<Shape> {
    lines.iter().map(|line| features::shape(line.text, line.heading)).collect()
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

fn scores<'w>(
    model: &Model,
    weighed: &dyn Fn(usize) -> Option<&'w Weights>,
    at: usize,
    context: &Context,
) -> [f32; OUTPUTS] {
    let mut scores = [0.0; OUTPUTS];
    for (from, share, lent) in std::iter::once((Some(at), 1.0, false))
        .chain(lenders(model, context, at).map(|(_, from, share)| (from, share, true)))
    {
        let Some(sums) = from.and_then(weighed) else { continue };
        let (own, other) = sums.split_at(OUTPUTS);
        for (score, &sum) in scores.iter_mut().zip(if lent { other } else { own }) {
            *score += f32::from(sum) * share;
        }
    }
    for (score, bias) in scores.iter_mut().zip(model.bias) {
        *score = *score * model.step + bias;
    }
    scores
}

fn decide(model: &Model, scores: &[f32; OUTPUTS]) -> Label {
    let score = scores.get(IMPORTANCE).copied().unwrap_or_default();
    let mut label = Label { topics: 0, important: score > 0.0, score };
    let mut best = (0, f32::NEG_INFINITY);
    for (topic, &score) in scores.iter().take(IMPORTANCE).enumerate() {
        label.topics |= u16::from(score > 0.0) << topic;
        if score > best.1 {
            best = (topic, score);
        }
    }
    // What may matter is about something: only a sentence that surely does not matter stays without a topic.
    if label.topics == 0 && score > model.reserve {
        label.topics = 1 << best.0;
    }
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

    /// Two bytes a column, as every line's are kept: sums of lines that are no sentences may stop at the ends.
    fn weigh(&mut self, text: &str, shape: &Shape) -> Weights {
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
                    *sum = i16::saturating_add(*sum, i16::from(weight));
                }
            }
        });
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static BYTES: &[u8] = include_bytes!("../data/zh/labels.model");

    fn alone(text: &str) -> Label {
        label(&[Line { text, heading: false }]).first().copied().unwrap_or_default()
    }

    fn topics(label: Label) -> Vec<&'static str> {
        label.names().collect()
    }

    #[test]
    fn the_shipped_model_is_sound() {
        let model = Model::read(BYTES).expect("data/zh/labels.model");
        assert!(model.rows() > 1000, "{} rows", model.rows());
        assert!(BYTES.len() < 128 << 10, "{} bytes", BYTES.len());
    }

    #[test]
    fn a_damaged_model_is_refused() {
        assert!(Model::read(b"").is_none());
        assert!(Model::read(b"PRL1").is_none());
        for cut in [1, 5, BYTES.len() / 2, BYTES.len() - 1] {
            assert!(Model::read(BYTES.get(..cut).unwrap_or_default()).is_none(), "cut at {cut}");
        }
        for at in (0..BYTES.len()).step_by(997) {
            let mut bytes = BYTES.to_vec();
            bytes[at] ^= 0x10;
            assert!(Model::read(&bytes).is_none(), "bit changed at {at}");
        }
        // Damage behind a right checksum: counts that do not fit what follows.
        for at in 0..96 {
            let mut body = BYTES[..BYTES.len() - 4].to_vec();
            body[at] = !body[at];
            let sum = model::fnv1a(&body).to_le_bytes();
            body.extend(sum);
            let _ = Model::read(&body);
        }
    }

    #[test]
    fn a_missing_model_labels_nothing() {
        let model = Model::default();
        assert_eq!(model.row(0x1234_5678), None);
        assert_eq!(decide(&model, &[0.0; OUTPUTS]), Label::default());
    }

    #[test]
    fn plain_sentences_get_their_plain_topics() {
        for (text, topic) in [
            ("当您注册账号时，我们会收集您的手机号码和昵称。", "collection"),
            ("扫描二维码时，我们会申请调用您的相机权限。", "permission"),
            ("未经您同意，我们不会与任何第三方共享您的个人信息。", "sharing"),
            ("我们会根据您的浏览记录向您推荐您可能感兴趣的内容。", "usage"),
            ("您的个人信息将存储于中华人民共和国境内。", "retention"),
            ("我们采用加密技术保护您的个人信息，防止泄露、毁损和丢失。", "security"),
            ("未满十四周岁的儿童应在监护人同意后使用我们的服务。", "special-audience"),
            ("您可以在“设置—账号”中更正、删除您的个人信息或注销账号。", "control"),
            ("您可以发送邮件至privacy@example.com与我们联系。", "contact"),
            ("本政策变更后，我们会以弹窗或公告的方式通知您。", "policy-change"),
        ] {
            let found = topics(alone(text));
            assert!(found.contains(&topic), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_says_nothing_is_not_important() {
        for text in ["欢迎您使用我们的产品和服务！", "隐私政策", "更新日期：2024年1月1日", "目录", ""]
        {
            let label = alone(text);
            assert!(!label.important, "{text}: {label:?}");
        }
        assert!(alone("如您拒绝提供手机号码，您将无法完成注册。").score > alone("感谢您的信任与支持。").score);
    }

    #[test]
    fn a_bare_item_takes_its_topic_from_the_lines_above() {
        let lines = [
            Line { text: "三、我们如何共享您的个人信息", heading: true },
            Line {
                text: "在以下情形中，我们可能会与第三方共享您的个人信息而无需征得您的同意：", heading: false
            },
            Line { text: "（1）与国家安全直接相关的；", heading: false },
        ];
        let found = label(&lines);
        assert!(topics(found[1]).contains(&"sharing"), "{:?}", topics(found[1]));
    }

    #[test]
    fn width_case_digits_spaces_and_marks_do_not_matter() {
        let plain = alone("3.1 您可以访问APP的设置页面，关闭个性化推荐。");
        for other in [
            "３．１您可以访问ＡＰＰ的设置页面，关闭个性化推荐。",
            "3.1　您可以访问 app 的设置页面，关闭个性化推荐。 ",
            "7.2,您可以访问App的设置页面，关闭个性化推荐。",
        ] {
            assert_eq!(alone(other), plain, "{other}");
        }
    }

    #[test]
    fn any_text_is_labelled_line_by_line() {
        assert!(label(&[]).is_empty());
        assert!(classify_lines("").is_empty());
        assert_eq!(classify_lines("\u{3000}\n\na\r\n\0").len(), 4);
        assert_eq!(classify_lines(&"我们收集信息\n".repeat(20_000)).len(), 20_000);
        assert_eq!(classify_lines(&"收".repeat(1 << 20)).len(), 1);
        for odd in [
            "（",
            "（）",
            "第",
            "第三",
            "1.",
            "一",
            "...",
            "（一二三四五",
            "a.",
            "①",
            "：",
            "；",
            "\u{10ffff}\u{feff}\u{202e}",
        ] {
            assert_eq!(classify_lines(odd).len(), 1, "{odd}");
        }
    }

    #[test]
    fn labels_come_with_reasons() {
        let lines = [
            Line { text: "六、如何联系我们", heading: true },
            Line { text: "客服电话和电子邮箱见应用首页。", heading: false },
        ];
        let reasons = explain(&lines, 1);
        let weight = |from: &str| -> f32 {
            reasons
                .iter()
                .filter(|(why, _)| why.starts_with("contact: ") && why.ends_with(from))
                .map(|(_, weight)| weight)
                .sum()
        };
        assert!(weight("(line)") > 0.0, "{reasons:?}");
        assert!(reasons.iter().any(|(why, _)| why.ends_with("(heading)")), "{reasons:?}");
        assert!(explain(&lines, 2).is_empty());
    }

    #[test]
    fn headings_and_lead_ins_are_linked() {
        let lines = [
            "一、收集",
            "（一）注册",
            "我们收集以下信息：",
            "1. 手机号；",
            "2. 昵称。",
            "（二）登录",
            "登录时无需信息。",
            "二、共享",
            "我们不共享。",
        ];
        let shapes: Vec<Shape> = lines.iter().map(|line| features::shape(line, false)).collect();
        let contexts: Vec<Context> = features::contexts(&shapes).collect();
        let context = |at: usize| (contexts[at].heading, contexts[at].outer, contexts[at].lead);
        assert_eq!(context(1), (Some(0), Some(0), None));
        assert_eq!(context(3), (Some(1), Some(0), Some(2)));
        assert_eq!(context(4), (Some(1), Some(0), Some(2)));
        assert_eq!(context(6), (Some(5), Some(0), None));
        assert_eq!(context(8), (Some(7), Some(7), None));
    }
}
