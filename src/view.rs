//! Analysis → View: the serialisable, render-ready counterpart of an [`Analysis`].
//!
//! The only `Serialize` and the only UTF-16 of the crate. Field names and meanings are schema 1 of the JSON contract
//! (README, "The JSON"); every offset counts UTF-16 code units into the clause's `text`, as JavaScript strings do.

use crate::analysis::Analysis;
use crate::annotations::{self, Mark};
use crate::blocks::{Document, Kind as BlockKind};
use crate::clauses::{Clause, Kind};
use crate::facts::Facts;
use crate::outline::{Outline, Role};
use crate::text::{Evidenced, Index, Span, hash, is_blank};
use serde::Serialize;

/// What a program or a page gets: the whole analysis as plain data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct View {
    /// Version of this contract: 1.
    pub schema: u32,
    /// The policy as a whole.
    pub meta: Meta,
    /// The outline in reading order.
    pub sections: Vec<SectionView>,
    /// The clauses in reading order.
    pub clauses: Vec<ClauseView>,
    /// Tables, printed as such or rebuilt.
    pub tables: Vec<TableView>,
    /// What the policy states, each with its evidence.
    pub facts: FactsView,
    /// The card: short plain lines.
    pub summary: Vec<LineView>,
    /// Points worth attention, in neutral words.
    pub attention: Vec<PointView>,
    /// Points that speak for the policy, in the same form.
    pub good: Vec<PointView>,
    /// What the law asks a policy to state.
    pub checklist: Vec<CheckView>,
    /// What is printed but is no part of the policy's text.
    pub aside: AsideView,
    /// What the program was unsure of.
    pub notes: Vec<String>,
    /// Characters that are no white space, in the source without markup, and those placed somewhere in this view.
    pub coverage: Coverage,
}

/// The policy as a whole.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Meta {
    /// The policy's own title, or `""`.
    pub title: String,
    /// BCP 47: `zh-Hans`, `zh-Hant` or `en`.
    pub language: &'static str,
    /// `markdown`, `html`, `plain`, `fragmented` or `one-line`.
    pub shape: &'static str,
    /// Characters without white space.
    pub characters: usize,
    /// Whole minutes that a careful reader needs, at least 1.
    pub reading_minutes: usize,
}

/// A heading and where it stands.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SectionView {
    /// `s0`, `s1`, … in reading order.
    pub id: String,
    /// The enclosing section.
    pub parent: Option<String>,
    /// 1 for the outermost.
    pub level: u32,
    /// The mark as printed, without its separator: `（一）`, `3`, `第二条` or `""`.
    pub number: String,
    /// Without number, decoration and markup.
    pub title: String,
    /// True for the text before the first heading.
    pub implicit: bool,
    /// The author set it in bold.
    pub bold: bool,
    /// Always `section`; the policy's own title and printed contents are no sections.
    pub kind: &'static str,
    /// Made from numbers and titles, so that it stays when the policy is edited elsewhere; unique, fit for an `id`.
    pub anchor: String,
    /// The number with its printed separator, as a reader sees it before the title: `一、`, `（一）`, `1.`.
    pub mark: String,
    /// Clauses of this section and the sections in it that carry a sensitive mark.
    pub sensitive: usize,
    /// The same for the author's bold.
    pub bolds: usize,
    /// Up to three key points in shortened words, each with its clause.
    pub gist: Vec<GistView>,
}

/// A key point of a section.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GistView {
    /// The shortened words.
    pub text: String,
    /// The clause it was read from.
    pub evidence: String,
}

/// A sentence, an item of an enumeration, or a table row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ClauseView {
    /// `c0`, `c1`, … in reading order.
    pub id: String,
    /// The section it stands in.
    pub section: String,
    /// As printed, with its enumeration mark; a table row's cells joined by ` | `.
    pub text: String,
    /// The author's bold, `[start, end)`.
    pub bold: Vec<[usize; 2]>,
    /// What it is about: CAPP-130's eleven topics.
    pub topics: Vec<&'static str>,
    /// Whether a summary should keep it.
    pub important: bool,
    /// Sensitive information and points worth attention.
    pub marks: Vec<MarkView>,
    /// Links with a safe target (http, https, mailto, tel).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkView>,
    /// `[table, row]`, for a table row only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<[usize; 2]>,
    /// Clauses with the same number stand in one paragraph.
    pub block: usize,
    /// `sentence`, `item` or `row`.
    pub kind: &'static str,
    /// Byte offsets `[start, end)` into the source from which it was read.
    pub source: [usize; 2],
    /// UTF-16 units at the start of `text` that the section's run-in heading shows already.
    #[serde(skip_serializing_if = "is_zero")]
    pub shown: usize,
    /// `text` cut wherever bold, a mark or a link starts or ends; for rendering.
    #[serde(skip)]
    pub runs: Vec<Run>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// A highlighted stretch of a clause.
#[derive(Clone, Debug, Default, Serialize)]
pub struct MarkView {
    /// `sensitive` or `attention`.
    pub kind: &'static str,
    /// UTF-16 offset.
    pub start: usize,
    /// UTF-16 offset.
    pub end: usize,
    /// For `sensitive`: which of the eleven categories.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'static str>,
    /// For `sensitive`: the regimes under which it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub standards: Vec<&'static str>,
    /// For `sensitive`: collect, share, use, deny, define, protect or right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<&'static str>,
    /// For `attention`: the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
}

/// A link that the policy printed.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LinkView {
    /// UTF-16 offset.
    pub start: usize,
    /// UTF-16 offset.
    pub end: usize,
    /// Absolute or relative address; never `javascript:` or `data:`.
    pub href: String,
}

/// A stretch of text to which one set of marks applies.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The characters.
    pub text: String,
    /// The author's bold.
    pub bold: bool,
    /// Index into the clause's `links`.
    pub link: Option<usize>,
    /// Indices into the clause's `marks`.
    pub marks: Vec<usize>,
}

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TableView {
    /// `t0`, `t1`, …
    pub id: String,
    /// The section it stands in.
    pub section: String,
    /// The line above it, or `""`.
    pub caption: String,
    /// The header cells.
    pub columns: Vec<String>,
    /// The body cells; an empty one means "as above" where the column is a group.
    pub rows: Vec<Vec<String>>,
}

/// A value with the clauses it was read from.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Stated<T> {
    /// What the policy says.
    pub value: T,
    /// Clause ids; never empty.
    pub evidence: Vec<String>,
}

/// What the policy states. `null` or `[]`: it does not.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FactsView {
    /// What the policy is about.
    pub product: Option<Stated<String>>,
    /// Full legal name of who decides on the processing.
    pub controller: Option<Stated<String>>,
    /// ISO 8601 days.
    pub dates: DatesView,
    /// Ways to reach the controller.
    pub contacts: Vec<ContactView>,
    /// The person or office in charge of personal information.
    pub dpo: Option<Stated<String>>,
    /// How soon a request is answered.
    pub response_time: Option<ResponseTimeView>,
    /// Below this age a person counts as a minor here.
    pub minor_age: Option<Stated<u32>>,
    /// Below this age a person counts as a child here.
    pub child_age: Option<Stated<u32>>,
    /// Where information is stored.
    pub storage_location: Option<Stated<String>>,
    /// `none`, `with-consent`, `exceptions`, `yes` or `unstated`.
    pub cross_border: CrossBorderView,
    /// How long.
    pub retention: Vec<RetentionView>,
    /// Named recipients.
    pub third_parties: Vec<RecipientView>,
    /// Named affiliates.
    pub affiliates: Vec<AffiliateView>,
    /// Kinds of recipients.
    pub recipient_kinds: Vec<RecipientKindView>,
    /// What is collected, item by item.
    pub data_items: Vec<DataItemView>,
    /// System permissions.
    pub permissions: Vec<PermissionView>,
    /// What a reader may ask for.
    pub rights: Vec<RightView>,
    /// Cases in which no consent is asked.
    pub consent_exceptions: Option<CountView>,
    /// The same for sharing.
    pub share_consent_exceptions: Option<CountView>,
    /// Cookies and the like.
    pub cookies: Option<CookiesView>,
    /// How a change is made known.
    pub changes_notice: Option<Stated<String>>,
    /// Measures of protection.
    pub security: Vec<Stated<String>>,
    /// Where a dispute goes.
    pub dispute: Option<Stated<String>>,
}

/// ISO 8601 days.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DatesView {
    /// First published.
    pub published: Option<Stated<String>>,
    /// Last changed.
    pub updated: Option<Stated<String>>,
    /// In force since.
    pub effective: Option<Stated<String>>,
}

/// A way to reach the controller.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ContactView {
    /// `email`, `phone`, `fax`, `address`, `postcode`, `web` or `online-service`.
    pub kind: &'static str,
    /// As printed.
    pub value: String,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// How soon a request is answered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ResponseTimeView {
    /// Number of days.
    pub days: u32,
    /// `working` or `calendar`.
    pub unit: &'static str,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// Whether information leaves the country.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CrossBorderView {
    /// `none`, `with-consent`, `exceptions`, `yes` or `unstated`.
    pub value: &'static str,
    /// Clause ids; empty for `unstated`.
    pub evidence: Vec<String>,
}

/// How long information is kept.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RetentionView {
    /// The sentence's own words.
    pub value: String,
    /// ISO 8601 duration where one is stated.
    pub period: Option<String>,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// A named recipient.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct RecipientView {
    pub name: String,
    pub company: Option<String>,
    pub purpose: Option<String>,
    pub data: Option<String>,
    pub url: Option<String>,
    pub platform: Option<String>,
    pub evidence: Vec<String>,
}

/// A named affiliate.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct AffiliateView {
    pub name: String,
    pub evidence: Vec<String>,
}

/// A kind of recipient.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct RecipientKindView {
    pub value: &'static str,
    pub text: String,
    pub evidence: Vec<String>,
}

/// An item of collected information.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct DataItemView {
    pub item: String,
    pub category: &'static str,
    pub platform: Option<String>,
    pub purpose: Option<String>,
    pub required: Option<bool>,
    pub sensitive: Vec<&'static str>,
    pub evidence: Vec<String>,
}

/// A system permission.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct PermissionView {
    pub os: Option<String>,
    pub name: String,
    pub required: Option<bool>,
    pub purpose: Option<String>,
    pub evidence: Vec<String>,
}

/// What a reader may ask for.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct RightView {
    pub right: &'static str,
    pub how: Option<String>,
    pub evidence: Vec<String>,
}

/// A number of listed cases.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct CountView {
    pub count: usize,
    pub evidence: Vec<String>,
}

/// Cookies and the like.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs, reason = "the fields are the contract's own words")]
pub struct CookiesView {
    pub used: bool,
    pub can_refuse: bool,
    pub evidence: Vec<String>,
}

/// A line of the card.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LineView {
    /// What the line answers: who, collect, sensitive, permissions, share, store, abroad, rights, children, contact …
    pub slot: &'static str,
    /// At most 80 characters, in plain words.
    pub text: String,
    /// Clause ids; empty only where `absent`.
    pub evidence: Vec<String>,
    /// The policy does not mention it.
    pub absent: bool,
}

/// A point worth attention.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PointView {
    /// The rule that fired.
    pub rule: &'static str,
    /// Neutral words.
    pub text: String,
    /// Clause ids; never empty.
    pub evidence: Vec<String>,
}

/// One thing the law asks a policy to state.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CheckView {
    /// What is asked.
    pub item: &'static str,
    /// Article.
    pub law: &'static str,
    /// `stated`, `not-mentioned` or `check`.
    pub verdict: &'static str,
    /// Clause ids.
    pub evidence: Vec<String>,
}

/// What is printed but is no part of the policy's text.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AsideView {
    /// The printed contents, a line each.
    pub contents: Vec<String>,
    /// Page chrome.
    pub noise: Vec<String>,
}

/// How much of the source the view holds.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Coverage {
    /// Characters of the source without markup and white space.
    pub source: usize,
    /// Those that stand somewhere in the view.
    pub placed: usize,
}

/// Renders an analysis.
#[must_use]
pub fn render(analysis: &Analysis) -> View {
    let Analysis { document, outline, clauses, .. } = analysis;
    let text = &document.text;
    let mut sections: Vec<SectionView> = Vec::with_capacity(outline.sections.len());
    for (i, section) in outline.sections.iter().enumerate() {
        let title = text.slice(section.title).trim_matches(is_blank).to_string();
        let number = text.slice(section.number);
        let anchor = anchor(number, &title);
        sections.push(SectionView {
            id: format!("s{i}"),
            parent: section.parent.map(|p| format!("s{p}")),
            level: section.level,
            number: number.into(),
            title,
            implicit: section.implicit,
            bold: section.bold,
            kind: "section",
            anchor,
            mark: text.slice(section.mark).trim_end_matches(is_blank).into(),
            ..SectionView::default()
        });
    }
    number_equal(&mut sections);
    let clause_views: Vec<ClauseView> = clauses.iter().enumerate().map(|(i, c)| clause(analysis, i, c)).collect();
    for view in &clause_views {
        let sensitive = view.marks.iter().any(|m| m.kind == "sensitive");
        let bold = !view.bold.is_empty();
        let mut at = view.section.get(1..).and_then(|n| n.parse::<usize>().ok());
        while let Some(section) = at.and_then(|n| sections.get_mut(n)) {
            section.sensitive += usize::from(sensitive);
            section.bolds += usize::from(bold);
            at = section.parent.as_deref().and_then(|p| p.get(1..)).and_then(|n| n.parse().ok());
        }
    }
    let aside = aside(document, outline);
    let characters = count(text.as_str());
    View {
        schema: 1,
        meta: Meta {
            title: outline.title.map(|t| text.slice(t).trim_matches(is_blank).into()).unwrap_or_default(),
            language: analysis.language,
            shape: document.shape.as_str(),
            characters,
            // 500 characters of careful silent reading a minute: Brysbaert (2019) and, for Chinese, Sui et al. (2022).
            reading_minutes: (characters + 499) / 500,
        },
        sections,
        tables: tables(analysis),
        clauses: clause_views,
        aside,
        facts: facts(&analysis.facts),
        summary: analysis
            .card
            .iter()
            .map(|l| LineView {
                slot: l.slot,
                text: l.text.clone(),
                evidence: ids(&l.evidence),
                absent: l.evidence.is_empty(),
            })
            .collect(),
        attention: analysis.points.iter().filter(|p| !p.good).map(point).collect(),
        good: analysis.points.iter().filter(|p| p.good).map(point).collect(),
        checklist: Vec::new(),
        coverage: coverage(analysis),
        notes: analysis.notes.clone(),
    }
}

fn point(point: &annotations::Point) -> PointView {
    PointView { rule: point.rule, text: point.text.clone(), evidence: ids(&point.clauses) }
}

fn ids(clauses: &[usize]) -> Vec<String> {
    clauses.iter().map(|c| format!("c{c}")).collect()
}

fn stated<T: Clone>(value: Option<&Evidenced<T>>) -> Option<Stated<T>> {
    value.map(|v| Stated { value: v.value.clone(), evidence: ids(v.clauses()) })
}

fn facts(facts: &Facts) -> FactsView {
    FactsView {
        product: stated(facts.product.as_ref()),
        controller: stated(facts.controller.as_ref()),
        dates: DatesView {
            published: stated(facts.published.as_ref()),
            updated: stated(facts.updated.as_ref()),
            effective: stated(facts.effective.as_ref()),
        },
        contacts: facts
            .contacts
            .iter()
            .map(|c| ContactView { kind: c.value.kind, value: c.value.value.clone(), evidence: ids(c.clauses()) })
            .collect(),
        dpo: stated(facts.officer.as_ref()),
        response_time: facts.response_time.as_ref().map(|t| ResponseTimeView {
            days: t.value.days,
            unit: if t.value.working { "working" } else { "calendar" },
            evidence: ids(t.clauses()),
        }),
        minor_age: stated(facts.minor_age.as_ref()),
        child_age: stated(facts.child_age.as_ref()),
        storage_location: stated(facts.storage_location.as_ref()),
        cross_border: facts.cross_border.as_ref().map_or_else(
            || CrossBorderView { value: "unstated", evidence: Vec::new() },
            |c| CrossBorderView { value: c.value.as_str(), evidence: ids(c.clauses()) },
        ),
        retention: facts
            .retention
            .iter()
            .map(|r| RetentionView {
                value: r.value.text.clone(),
                period: r.value.duration.clone(),
                evidence: ids(r.clauses()),
            })
            .collect(),
        third_parties: facts
            .third_parties
            .iter()
            .map(|t| RecipientView {
                name: t.value.name.clone(),
                company: t.value.company.clone(),
                purpose: t.value.purpose.clone(),
                data: t.value.data.clone(),
                url: t.value.url.clone(),
                platform: None,
                evidence: ids(t.clauses()),
            })
            .collect(),
        recipient_kinds: facts
            .recipient_kinds
            .iter()
            .map(|k| RecipientKindView { value: k.value, text: String::new(), evidence: ids(k.clauses()) })
            .collect(),
        data_items: facts
            .data_items
            .iter()
            .map(|i| DataItemView {
                item: i.value.text.clone(),
                category: i.value.key,
                evidence: ids(i.clauses()),
                ..DataItemView::default()
            })
            .collect(),
        permissions: facts
            .permissions
            .iter()
            .map(|p| PermissionView {
                name: p.value.text.clone(),
                evidence: ids(p.clauses()),
                ..PermissionView::default()
            })
            .collect(),
        rights: facts
            .rights
            .iter()
            .map(|r| RightView { right: r.value.right, how: r.value.how.clone(), evidence: ids(r.clauses()) })
            .collect(),
        consent_exceptions: facts
            .consent_exceptions
            .as_ref()
            .map(|c| CountView { count: c.value, evidence: ids(c.clauses()) }),
        share_consent_exceptions: facts
            .share_consent_exceptions
            .as_ref()
            .map(|c| CountView { count: c.value, evidence: ids(c.clauses()) }),
        cookies: facts.cookies.as_ref().map(|c| CookiesView {
            used: true,
            can_refuse: c.value,
            evidence: ids(c.clauses()),
        }),
        ..FactsView::default()
    }
}

fn mark(mark: &Mark) -> MarkView {
    match mark.kind {
        annotations::Kind::Sensitive { category, standards, context } => MarkView {
            kind: "sensitive",
            category: Some(category.as_str()),
            standards: annotations::STANDARDS
                .iter()
                .enumerate()
                .filter(|(i, _)| standards >> i & 1 == 1)
                .map(|(_, s)| *s)
                .collect(),
            context: Some(context.as_str()),
            ..MarkView::default()
        },
        annotations::Kind::Attention { rule } => {
            MarkView { kind: "attention", rule: Some(rule), ..MarkView::default() }
        }
    }
}

/// Letters and digits of number and title; the same wherever the section moves.
fn anchor(number: &str, title: &str) -> String {
    let mut slug = String::new();
    for c in number.chars().chain(std::iter::once('-')).chain(title.chars()) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_matches('-').chars().take(48).collect();
    if slug.is_empty() { "introduction".into() } else { slug }
}

/// Makes equal anchors distinct: the second of a kind ends in `~2`, which no slug does.
fn number_equal(sections: &mut [SectionView]) {
    let index = Index::new(sections.iter().map(|s| hash(&s.anchor)));
    let before = |i: usize, anchor: &str| index.of(hash(anchor)).partition_point(|(_, at)| *at < i);
    let counts: Vec<usize> = sections.iter().enumerate().map(|(i, s)| before(i, &s.anchor)).collect();
    for (section, before) in sections.iter_mut().zip(counts).filter(|(_, before)| *before > 0) {
        section.anchor = format!("{}~{}", section.anchor, before + 1);
    }
}

/// UTF-16 offsets of ascending byte offsets in a text, in one pass.
struct Utf16<'t> {
    text: &'t str,
    bytes: usize,
    units: usize,
}

impl<'t> Utf16<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, bytes: 0, units: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.bytes {
            (self.bytes, self.units) = (0, 0);
        }
        let gap = self.text.get(self.bytes..byte.min(self.text.len())).unwrap_or("");
        self.units += gap.chars().map(char::len_utf16).sum::<usize>();
        self.bytes += gap.len();
        self.units
    }
}

fn clause(analysis: &Analysis, index: usize, clause: &Clause) -> ClauseView {
    let document = &analysis.document;
    let span = clause.span;
    let text = document.text.slice(span);
    let mut utf16 = Utf16::new(text);
    let within = |s: Span| s.meet(span).map(|s| Span::new(s.start - span.start, s.end - span.start));
    let from = document.bold.partition_point(|b| b.end <= span.start);
    let bold: Vec<Span> = document
        .bold
        .iter()
        .skip(from)
        .map_while(|b| within(*b))
        .filter(|b| text.get(b.start..b.end).is_some_and(|t| !t.trim_matches(is_blank).is_empty()))
        .collect();
    let from = document.links.partition_point(|l| l.span.end <= span.start);
    let links: Vec<(Span, &str)> =
        document.links.iter().skip(from).map_while(|l| within(l.span).map(|s| (s, l.href.as_str()))).collect();
    let label = analysis.labels.get(index).copied().unwrap_or_default();
    let from = analysis.marks.partition_point(|m| m.clause < index);
    let marks: Vec<(Span, MarkView)> = analysis
        .marks
        .iter()
        .skip(from)
        .take_while(|m| m.clause == index)
        .map(|m| (Span::new(m.start, m.end), mark(m)))
        .collect();
    let runs = runs(text, &bold, &links, &marks);
    ClauseView {
        id: format!("c{index}"),
        section: format!("s{}", clause.section),
        text: text.into(),
        bold: bold.iter().map(|b| [utf16.at(b.start), utf16.at(b.end)]).collect(),
        topics: label.names().collect(),
        important: label.important,
        marks: marks
            .into_iter()
            .map(|(s, m)| MarkView { start: utf16.at(s.start), end: utf16.at(s.end), ..m })
            .collect(),
        links: links
            .iter()
            .map(|(s, href)| LinkView { start: utf16.at(s.start), end: utf16.at(s.end), href: (*href).into() })
            .collect(),
        row: if let Kind::Row(table, row) = clause.kind { Some([table, row]) } else { None },
        block: clause.block,
        kind: match clause.kind {
            Kind::Sentence => "sentence",
            Kind::Item => "item",
            Kind::Row(..) => "row",
        },
        source: {
            let range = document.text.source(span);
            [range.start, range.end]
        },
        shown: utf16.at(clause.shown),
        runs,
    }
}

/// Cuts a clause's text wherever anything starts or ends.
fn runs(text: &str, bold: &[Span], links: &[(Span, &str)], marks: &[(Span, MarkView)]) -> Vec<Run> {
    let spans = bold.iter().copied().chain(links.iter().map(|l| l.0)).chain(marks.iter().map(|m| m.0));
    let mut cuts: Vec<usize> = spans.flat_map(|s| [s.start, s.end]).chain([0, text.len()]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let covers = |s: &Span, from: usize, to: usize| s.start <= from && to <= s.end;
    cuts.windows(2)
        .filter_map(|pair| {
            let [from, to] = pair else { return None };
            Some(Run {
                text: text.get(*from..*to)?.into(),
                bold: bold.iter().any(|b| covers(b, *from, *to)),
                link: links.iter().position(|l| covers(&l.0, *from, *to)),
                marks: marks.iter().enumerate().filter(|(_, m)| covers(&m.0, *from, *to)).map(|(i, _)| i).collect(),
            })
        })
        .collect()
}

fn tables(analysis: &Analysis) -> Vec<TableView> {
    let document = &analysis.document;
    let mut section = vec![0; document.tables.len()];
    let mut caption = vec![String::new(); document.tables.len()];
    for (i, (block, role)) in document.blocks.iter().zip(&analysis.outline.roles).enumerate() {
        let (BlockKind::Head(t) | BlockKind::Row(t, _), Role::Body(s)) = (block.kind, role) else { continue };
        if let Some(slot) = section.get_mut(t) {
            *slot = *s;
        }
        let above = i
            .checked_sub(1)
            .and_then(|p| document.blocks.get(p))
            .filter(|b| !matches!(b.kind, BlockKind::Head(_) | BlockKind::Row(..)));
        if let (Some(above), Some(slot)) = (above, caption.get_mut(t)) {
            let line = document.text.slice(above.span);
            if line.chars().count() <= 200 {
                *slot = line.into();
            }
        }
    }
    let cells = |row: &[Span]| row.iter().map(|c| document.text.slice(*c).trim_matches(is_blank).to_string()).collect();
    document
        .tables
        .iter()
        .zip(section.iter().zip(caption))
        .enumerate()
        .map(|(i, (t, (section, caption)))| TableView {
            id: format!("t{i}"),
            section: format!("s{section}"),
            caption,
            columns: cells(&t.columns),
            rows: t.rows.iter().map(|r| cells(r)).collect(),
        })
        .collect()
}

fn aside(document: &Document, outline: &Outline) -> AsideView {
    let of = |wanted: Role| -> Vec<String> {
        document
            .blocks
            .iter()
            .zip(&outline.roles)
            .filter(|(_, r)| **r == wanted)
            .map(|(b, _)| document.text.slice(b.span).into())
            .collect()
    };
    AsideView { contents: of(Role::Contents), noise: of(Role::Noise) }
}

fn count(text: &str) -> usize {
    text.chars().filter(|c| !is_blank(*c)).count()
}

fn coverage(analysis: &Analysis) -> Coverage {
    let document = &analysis.document;
    let source = document.text.pieces().map(|(_, t)| count(t)).sum();
    let blocks: usize = document.blocks.iter().map(|b| count(document.text.slice(b.span))).sum();
    let inserted = count(document.text.as_str()) - source;
    Coverage { source, placed: blocks.saturating_sub(inserted) }
}
