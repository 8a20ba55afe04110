//! Analysis → [`View`]: clause ids, cells as strings, byte offsets as UTF-16 offsets, texts cut into runs.

use super::plain::Plain;
use super::{
    AbroadView, AffiliateView, AsideView, CheckView, ClauseView, ContactView, ControllerView, CookiesView, CountView,
    Coverage, DataItemView, DatesView, FactsView, LineView, LinkView, MarkView, Meta, PermissionView, PointView,
    RecipientKindView, RecipientView, ResponseTimeView, RetentionView, RightView, Run, SectionView, Stated, TableView,
    UnreadView, View, gist,
};
use crate::Analysis;
use crate::annotations::{self, Mark};
use crate::blocks::{Document, Kind as BlockKind};
use crate::clauses::{Clause, Kind};
use crate::facts::Facts;
use crate::outline::{Outline, Role};
use crate::steps::{beat, pause};
use crate::text::{Evidenced, Index, Span, hash, is_blank, is_ideograph, is_letter, size};

/// Renders an analysis, a pause behind each part.
pub async fn render(analysis: &Analysis) -> View {
    let Analysis { document, outline, clauses, .. } = analysis;
    let text = &document.text;
    let mut sections: Vec<SectionView> = Vec::with_capacity(outline.sections.len());
    for (i, section) in outline.sections.iter().enumerate() {
        let title = text.slice(section.title).trim_matches(is_blank).to_string();
        let number = text.slice(section.number);
        let anchor = anchor(number, &title);
        sections.push(SectionView {
            id: id('s', i),
            parent: section.parent().map(|p| id('s', p)),
            level: u32::from(section.level),
            number: number.into(),
            title,
            implicit: section.implicit,
            bold: section.bold,
            kind: "section",
            anchor,
            mark: text.slice(section.mark()).trim_end_matches(is_blank).into(),
            ..SectionView::default()
        });
    }
    number_equal(&mut sections);
    let mut clause_views: Vec<ClauseView> = Vec::with_capacity(clauses.len());
    for (i, c) in clauses.iter().enumerate() {
        beat(i).await;
        clause_views.push(clause(analysis, i, c));
    }
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
    gist::fill(&mut sections, analysis, &clause_views).await;
    pause().await;
    let aside = aside(document, outline);
    let characters = size(text.as_str());
    let mut view = View {
        schema: 1,
        meta: Meta {
            title: outline.title.map(|t| text.slice(t).trim_matches(is_blank).into()).unwrap_or_default(),
            language: analysis.language,
            shape: document.shape.as_str(),
            characters,
            // 500 characters of careful silent reading a minute: Brysbaert (2019) and, for Chinese, Sui et al. (2022).
            reading_minutes: characters.div_ceil(500),
            unread: analysis.unread.map(|why| UnreadView {
                code: why.as_str(),
                text: analysis.notes.first().cloned().unwrap_or_default(),
            }),
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
                tier: u32::from(l.tier),
            })
            .collect(),
        attention: analysis.points.iter().filter(|p| !p.good).map(point).collect(),
        good: analysis.points.iter().filter(|p| p.good).map(point).collect(),
        checklist: analysis
            .checklist
            .iter()
            .map(|i| CheckView { item: i.name, law: i.law, verdict: i.verdict.as_str(), evidence: ids(&i.clauses) })
            .collect(),
        coverage: coverage(analysis),
        notes: analysis.notes.clone(),
    };
    if let Some(simplified) = &analysis.simplified {
        // Evidence is ids, in which nothing is to be found.
        let mut back = |text: &mut String| {
            if text.contains(is_ideograph) {
                *text = simplified.original(text);
            }
        };
        view.facts.each(&mut back);
    }
    view
}

fn point(point: &annotations::Point) -> PointView {
    PointView { rule: point.rule, text: point.text.clone(), evidence: ids(&point.clauses) }
}

/// `c3`: a letter and a place in reading order.
fn id(letter: char, n: usize) -> String {
    format!("{letter}{n}")
}

fn ids(clauses: &[usize]) -> Vec<String> {
    clauses.iter().map(|c| id('c', *c)).collect()
}

fn stated<T: Clone>(found: &Evidenced<T>) -> Stated<T> {
    Stated { value: found.value.clone(), evidence: ids(found.clauses()) }
}

fn count_of(found: &Evidenced<usize>) -> CountView {
    CountView { count: found.value, evidence: ids(found.clauses()) }
}

/// Each fact as the contract has it.
fn each<T, V>(found: &[Evidenced<T>], view: fn(&T, Vec<String>) -> V) -> Vec<V> {
    found.iter().map(|f| view(&f.value, ids(f.clauses()))).collect()
}

fn facts(facts: &Facts) -> FactsView {
    FactsView {
        product: facts.product.as_ref().map(stated),
        controller: facts.controller.as_ref().map(|c| ControllerView {
            value: c.value.clone(),
            also: facts.also.iter().map(stated).collect(),
            evidence: ids(c.clauses()),
        }),
        dates: DatesView {
            published: facts.published.as_ref().map(stated),
            updated: facts.updated.as_ref().map(stated),
            effective: facts.effective.as_ref().map(stated),
        },
        contacts: each(&facts.contacts, |c, evidence| ContactView { kind: c.kind, value: c.value.clone(), evidence }),
        dpo: facts.officer.as_ref().map(stated),
        response_time: facts.response_time.as_ref().map(|t| ResponseTimeView {
            days: t.value.days,
            unit: if t.value.working { "working" } else { "calendar" },
            evidence: ids(t.clauses()),
        }),
        minor_age: facts.minor_age.as_ref().map(stated),
        child_age: facts.child_age.as_ref().map(stated),
        storage_location: facts.storage_location.as_ref().map(stated),
        cross_border: facts.cross_border.as_ref().map_or_else(
            || AbroadView { value: "unstated", ..AbroadView::default() },
            |c| AbroadView { value: c.value.as_str(), for_now: facts.abroad_for_now, evidence: ids(c.clauses()) },
        ),
        retention: each(&facts.retention, |r, evidence| RetentionView {
            value: r.text.clone(),
            period: r.duration.clone(),
            at_least: r.least,
            closing: r.closing,
            statutory: r.statutory,
            evidence,
        }),
        third_parties: each(&facts.third_parties, |t, evidence| RecipientView {
            name: t.name.clone(),
            company: t.company.clone(),
            purpose: t.purpose.clone(),
            data: t.data.clone(),
            url: t.url.clone(),
            role: t.role,
            platform: None,
            evidence,
        }),
        affiliates: each(&facts.affiliates, |name, evidence| AffiliateView { name: name.clone(), evidence }),
        recipient_kinds: each(&facts.recipient_kinds, |k, evidence| RecipientKindView {
            value: k,
            text: String::new(),
            evidence,
        }),
        data_items: each(&facts.data_items, |i, evidence| DataItemView {
            item: i.text.clone(),
            category: i.key,
            purpose: i.purpose.clone(),
            required: i.required,
            evidence,
            ..DataItemView::default()
        }),
        permissions: each(&facts.permissions, |p, evidence| PermissionView {
            name: p.text.clone(),
            purpose: p.purpose.clone(),
            evidence,
            ..PermissionView::default()
        }),
        rights: each(&facts.rights, |r, evidence| RightView {
            right: r.right,
            how: r.how.clone(),
            way: r.way.clone(),
            evidence,
        }),
        consent_exceptions: facts.consent_exceptions.as_ref().map(count_of),
        share_consent_exceptions: facts.share_consent_exceptions.as_ref().map(count_of),
        cookies: facts.cookies.as_ref().map(|c| CookiesView {
            used: true,
            can_refuse: c.value.then_some(true),
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
        annotations::Kind::Attention { rule, .. } => {
            MarkView { kind: "attention", rule: Some(rule), ..MarkView::default() }
        }
    }
}

/// Letters and digits of number and title; the same wherever the section moves.
fn anchor(number: &str, title: &str) -> String {
    let mut slug = String::new();
    for c in number.chars().chain(std::iter::once('-')).chain(title.chars()) {
        if is_letter(c) {
            slug.push(c.to_ascii_lowercase());
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
    let within = |s: Span| s.meet(span).map(|s| Span::new(s.start() - span.start(), s.end() - span.start()));
    let label = analysis.labels.get(index).copied().unwrap_or_default();
    let source = document.text.source(span);
    let mut view = ClauseView {
        id: id('c', index),
        section: id('s', clause.section()),
        text: text.into(),
        topics: label.names().collect(),
        important: label.important,
        row: analysis.document.row(clause.block()).map(<[usize; 2]>::from),
        block: clause.block(),
        kind: match clause.kind {
            Kind::Sentence => "sentence",
            Kind::Item => "item",
            Kind::Row => "row",
        },
        source: [source.start, source.end],
        ..ClauseView::default()
    };
    let mut utf16 = Utf16::new(text);
    let mut units = |s: Span| [utf16.at(s.start()), utf16.at(s.end())];
    let mut spans = Spans::default();
    let from = document.bold.partition_point(|b| b.end() <= span.start());
    for s in document.bold.iter().skip(from).map_while(|b| within(*b)) {
        if text.get(s.start()..s.end()).is_some_and(|t| !t.trim_matches(is_blank).is_empty()) {
            view.bold.push(units(s));
            spans.bold.push(s);
        }
    }
    let from = document.links.partition_point(|l| l.span.end() <= span.start());
    for link in document.links.iter().skip(from) {
        let Some(s) = within(link.span) else { break };
        let [start, end] = units(s);
        view.links.push(LinkView { start, end, href: link.href.clone() });
        spans.links.push(s);
    }
    let from = analysis.marks.partition_point(|m| m.clause < index);
    for found in analysis.marks.iter().skip(from).take_while(|m| m.clause == index) {
        let s = Span::new(found.start, found.end);
        let [start, end] = units(s);
        view.marks.push(MarkView { start, end, ..mark(found) });
        spans.marks.push(s);
    }
    view.shown = utf16.at(clause.shown());
    view.runs = spans.runs(text);
    view
}

/// Stretches of one clause's text, in bytes.
#[derive(Default)]
struct Spans {
    bold: Vec<Span>,
    links: Vec<Span>,
    marks: Vec<Span>,
}

/// Cuts a clause that came without its runs.
pub(super) fn cut(clause: &mut ClauseView) {
    // Places in bytes by places in UTF-16 units; the second half of a pair counts as its first.
    let mut places: Vec<usize> = Vec::with_capacity(clause.text.len() + 1);
    for (at, c) in clause.text.char_indices() {
        places.extend(std::iter::repeat_n(at, c.len_utf16()));
    }
    let byte = |unit: usize| places.get(unit).copied().unwrap_or(clause.text.len());
    let span = |start: usize, end: usize| Span::new(byte(start), byte(end.max(start)));
    let spans = Spans {
        bold: clause.bold.iter().map(|[start, end]| span(*start, *end)).collect(),
        links: clause.links.iter().map(|link| span(link.start, link.end)).collect(),
        marks: clause.marks.iter().map(|mark| span(mark.start, mark.end)).collect(),
    };
    clause.runs = spans.runs(&clause.text);
}

impl Spans {
    /// Cuts the text wherever anything starts or ends.
    fn runs(&self, text: &str) -> Vec<Run> {
        let mut cuts = vec![0, text.len()];
        for s in self.bold.iter().chain(&self.links).chain(&self.marks) {
            cuts.extend([s.start(), s.end()]);
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut runs = Vec::new();
        let mut from = 0;
        for to in cuts.into_iter().skip(1) {
            let covers = |s: &Span| s.start() <= from && to <= s.end();
            runs.push(Run {
                text: text.get(from..to).unwrap_or("").into(),
                bold: self.bold.iter().any(covers),
                link: self.links.iter().position(covers),
                marks: (0..self.marks.len()).filter(|i| self.marks.get(*i).is_some_and(covers)).collect(),
            });
            from = to;
        }
        runs
    }
}

fn tables(analysis: &Analysis) -> Vec<TableView> {
    let document = &analysis.document;
    let mut section = vec![0; document.tables.len()];
    let mut caption = vec![String::new(); document.tables.len()];
    for (i, (block, role)) in document.blocks.iter().zip(&analysis.outline.roles).enumerate() {
        let (BlockKind::Head(t) | BlockKind::Row(t, _), Role::Body(s)) = (block.kind, role) else { continue };
        if let Some(slot) = section.get_mut(t as usize) {
            *slot = *s;
        }
        let above = i
            .checked_sub(1)
            .and_then(|p| document.blocks.get(p))
            .filter(|b| !matches!(b.kind, BlockKind::Head(_) | BlockKind::Row(..)));
        if let (Some(above), Some(slot)) = (above, caption.get_mut(t as usize)) {
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
            id: id('t', i),
            section: id('s', *section as usize),
            caption,
            columns: cells(&t.columns),
            rows: (0..t.len()).map(|r| cells(&document.cells(i, r))).collect(),
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

fn coverage(analysis: &Analysis) -> Coverage {
    let document = &analysis.document;
    let source = document.text.pieces().map(|(_, t)| size(t)).sum();
    let (mut blocks, mut aside) = (0usize, 0usize);
    for (block, role) in document.blocks.iter().zip(&analysis.outline.roles) {
        let length = size(document.text.slice(block.span));
        blocks += length;
        aside += if matches!(role, Role::Contents | Role::Noise) { length } else { 0 };
    }
    let inserted = size(document.text.as_str()) - source;
    let placed = blocks.saturating_sub(inserted);
    let aside = aside.min(placed);
    Coverage { source, placed, shown: placed - aside, aside }
}
