//! Clauses, their practices and sensitive marks → where the rules of `data/zh/attention.txt` fire → the points to show.
//!
//! Calling a guarantee a risk is worse than missing a risk: a negation before the words, the reader's own control in the
//! sentence, and definitions cancel a rule unless it says that they do not.

mod rules;

use super::context::{self, Surroundings};
use super::{At, Category, Context, Kind, Known, Mark, Place, Point};
use super::{said, sensitive};
use crate::lexicon::reading::Reading;
use crate::lexicon::{self, group};
use crate::practices::{Action, Actor, Asides, Mode, Practice};
use crate::text;
use rules::{Frame, Rule, nominated, rules};
use std::cell::OnceCell;
use std::ops::Range;

/// Most points of one policy; more are no longer read.
const MOST: usize = 24;
/// Most good ones beside them.
const MOST_GOOD: usize = 4;
/// Promises that are held against what is collected; a policy has a handful.
const MOST_PROMISES: usize = 64;
/// Hits of a rule's first words that are looked at in one clause.
const MOST_HITS: usize = 16;
/// How far before its words a negation denies them, in bytes: a few characters.
const DENIES: usize = 18;

/// A rule that fires in a clause.
pub(super) struct Fired {
    pub rule: &'static str,
    /// The words that set it off.
    pub span: Range<usize>,
    /// What it says is taken is taken by somebody else, or given to them.
    pub third: bool,
}

/// The rules that fire in a clause. `marks` are the clause's sensitive ones.
pub(super) fn fired(place: &Place<'_>, reading: &Reading<'_>, around: &Surroundings<'_>, marks: &[Mark]) -> Vec<Fired> {
    // What the reader must not do is no doing of ours; what is excepted from a promise is.
    let forbidden = |lead: &Reading<'_>| {
        let ours = [group!("practice.we"), group!("practice.except"), group!("word.unless")];
        lead.has(group!("word.forbidden")) && !ours.into_iter().any(|g| lead.has(g))
    };
    if context::defines(reading, around) || around.lead().is_some_and(forbidden) {
        return Vec::new();
    }
    let asides = OnceCell::new();
    let clause = Clause { place, reading, around, marks, asides: &asides };
    let controlled = reading.has(group!("word.control")) && !place.is_row();
    let fires = |rule: &Rule| {
        // A promise is one of two clauses. What is said of information tells the reader's own doing already.
        if rule.group == group!("attention.contradiction")
            || rule.not_row && place.is_row()
            || controlled && !rule.control_kept && rule.told.is_empty()
        {
            return None;
        }
        if rule.of_lead {
            let asides = OnceCell::new();
            let lead = Clause { reading: around.lead()?, asides: &asides, ..clause };
            let whole = 0..place.text.len();
            return rule.frames.iter().find_map(|frame| lead.holds(rule, frame)).map(|_| whole);
        }
        clause
            .acts(rule)
            .or_else(|| clause.given(rule))
            .or_else(|| rule.frames.iter().find_map(|frame| clause.holds(rule, frame)))
    };
    let fired = |rule: &Rule| {
        let span = fires(rule)?;
        let third = rule.told.contains(&Context::Collect) && clause.said(rule, &span) == Some(Context::Share);
        Some(Fired { rule: rule.name, span, third })
    };
    nominated(|group| reading.has(group)).filter_map(fired).collect()
}

/// A clause as the rules see it.
#[derive(Clone, Copy)]
struct Clause<'c, 'a> {
    place: &'c Place<'a>,
    reading: &'c Reading<'a>,
    around: &'c Surroundings<'a>,
    marks: &'c [Mark],
    /// Found when a rule's words are.
    asides: &'c OnceCell<Asides>,
}

impl Clause<'_, '_> {
    /// Where a practice of ours does what the rule is about, with no condition that leaves it to the reader.
    fn acts(&self, rule: &Rule) -> Option<Range<usize>> {
        if rule.acts.is_empty() || rule.never.is_some_and(|g| self.reading.has(g)) {
            return None;
        }
        let does = |p: &&Practice| {
            let whose = match p.action {
                Action::Collect => p.actor == Actor::Third,
                _ => p.actor == Actor::We,
            };
            let received =
                rule.to.is_empty() || p.recipients.iter().any(|r| r.kind.is_some_and(|k| rule.to.contains(&k)));
            let free = p.mode == Mode::Does && !said::supposed(p) && !self.asks_first();
            // A kind that a sentence only names is not said to get anything, nor is one beside what others are said to do.
            let gives = |p: &Practice| p.verb.end() == p.verb.start() || p.actor == Actor::We && p.shares();
            let silent = || self.place.practices.iter().all(gives);
            let spoken = p.verb.end() > p.verb.start() || self.place.is_row() || self.place.lead.is_some() && silent();
            let informs = p.objects.iter().any(|o| o.generic || o.key.is_some());
            let (from, to) = self.reading.stretch(said::within(p.verb, self.place.base).0);
            let informs = informs || !self.reading.within(group!("word.data"), from, to).is_empty();
            let informs = informs || p.verb.end() == p.verb.start() || self.place.lead.is_some();
            whose && received && free && spoken && informs && rule.acts.contains(&p.action)
        };
        let practice = self.place.practices.iter().find(does)?;
        let (start, end) = said::within(practice.span, self.place.base);
        (start < end && end <= self.reading.text.len()).then_some(start..end)
    }

    /// Where a word of the rule is what we give to somebody.
    fn given(&self, rule: &Rule) -> Option<Range<usize>> {
        let gives = |p: &&Practice| {
            rule.given && p.actor == Actor::We && p.shares() && p.mode == Mode::Does && !p.recipients.is_empty()
        };
        let objects = || self.place.practices.iter().filter(gives).flat_map(|p| &p.objects);
        let holds = |start: usize, end: usize| {
            objects().map(|o| said::within(o.span, self.place.base)).any(|o| o.0 <= start && end <= o.1)
        };
        let hits = self.reading.of(rule.group).iter().take(MOST_HITS);
        { hits }.find(|h| holds(h.start(), h.end())).filter(|_| !self.asks_first()).map(|h| h.start()..h.end())
    }

    /// Whether the sentence says that somebody's consent comes first.
    fn asks_first(&self) -> bool {
        self.reading.has(group!("word.asks-first"))
    }

    /// Where the words of a frame stand as the rule wants them.
    fn holds(&self, rule: &Rule, frame: &Frame) -> Option<Range<usize>> {
        let reading = self.reading;
        let has = |group: &lexicon::Group| reading.has(*group);
        if frame.parts.first().is_some_and(|part| !has(&part.group)) || frame.row && !self.place.is_row() {
            return None;
        }
        if !frame.with.iter().all(has) || frame.without.iter().any(has) {
            return None;
        }
        let Some((first, rest)) = frame.parts.split_first() else {
            let of = |m: &&Mark| rule.category.is_some_and(|c| tells(m, c, m.start));
            let told = |m: &&Mark| !in_title(reading, m.start) && self.told(rule, m.start, m.end);
            let mut marks = self.marks.iter().filter(of).take(MOST_HITS);
            return marks.find(told).map(|m| m.start..m.end);
        };
        let hits = reading.of(first.group).iter().take(MOST_HITS);
        { hits }.find_map(|hit| {
            let (mut end, mut within) = (hit.end(), first.within);
            for part in rest {
                let next = reading.after(part.group, end, end + within + 1)?;
                let bar = part.bar.is_some_and(|bar| reading.after(bar, end, next.start()).is_some());
                // Two halves of a sentence say two things.
                if bar || text::part(reading.text, end, next.start()).contains([';', '\u{ff1b}']) {
                    return None;
                }
                (end, within) = (next.end(), part.within);
            }
            // Consents and lists are of documents; what is taken is not.
            let titles = rule.no_table || rule.control_kept;
            let told = self.told(rule, hit.start(), hit.end())
                && (titles || !in_title(reading, hit.start()))
                && !(rule.not_aside && self.asides().supposes(hit.start()))
                && !(rule.not_reader && reader_acts(self.reading, hit.start()))
                && (rule.negation_kept || !self.denied(hit.start()));
            told.then_some(hit.start()..end)
        })
    }

    /// Whether the words there are said to be collected, shared or used, as the rule wants, and marked so.
    fn told(&self, rule: &Rule, start: usize, end: usize) -> bool {
        let marked = |c: Category| self.marks.iter().any(|m| tells(m, c, start));
        let taken = !(rule.told.is_empty() && rule.category.is_none());
        // A child that a condition names is whose information it is.
        let idle = || rule.category != Some(Category::Minors) && !self.place.is_row() && self.asides().holds(start);
        let later = self.reading.has(group!("context.later"));
        let later = later && (self.asks_first() || self.reading.has(group!("context.again")));
        if taken && (later || said::might(self.place, start) || self.advised(start) || idle()) {
            return false;
        }
        rule.category.is_none_or(marked)
            && (rule.told.is_empty()
                || context::told(self.reading, self.around, start, end).is_some_and(|c| rule.told.contains(&c)))
    }

    /// What the clause only supposes, or says of what it is for.
    fn asides(&self) -> &Asides {
        self.asides.get_or_init(|| Asides::new(self.reading))
    }

    /// Whether the sentence only advises the reader, or tells what the reader's own words may show: nothing is taken there.
    fn advised(&self, at: usize) -> bool {
        self.reading.has(group!("word.may-contain")) || self.reading.before(group!("card.advice"), 0, at).is_some()
    }

    /// What is said of the words at a place.
    fn said(&self, rule: &Rule, span: &Range<usize>) -> Option<Context> {
        let marked = |m: &Mark| match m.kind {
            Kind::Sensitive { context, .. } if m.start <= span.start && span.start < m.end => Some(context),
            _ => None,
        };
        match rule.category {
            Some(_) => self.marks.iter().find_map(marked),
            None => context::told(self.reading, self.around, span.start, span.end),
        }
    }

    /// Whether what is said there is denied, or is others' doing; or a word right before denies it.
    fn denied(&self, at: usize) -> bool {
        let from = self.reading.stretch(at).0.max(at.saturating_sub(DENIES));
        self.reading.before(group!("word.not"), from, at).is_some() || context::denies(self.around, at)
    }
}

/// Whether a place stands in the title of a document.
fn in_title(reading: &Reading<'_>, at: usize) -> bool {
    sensitive::bracket(reading.text, at) == Some('\u{300a}')
}

/// Whether the reader acts before a place in the sentence: the nearest subject, one of a clause that tells when set aside.
fn reader_acts(reading: &Reading<'_>, at: usize) -> bool {
    let kinds = [
        (group!("practice.we"), false),
        (group!("practice.third"), false),
        (group!("practice.you"), true),
        (group!("word.reader"), true),
    ];
    let subject = |group, reader: bool| {
        let acts = |h: &&lexicon::Hit| {
            let dative = reading.before(group!("practice.dative"), h.start().saturating_sub(DATIVE), h.start());
            let (from, to) = reading.stretch(h.start());
            let when = reading.within(group!("practice.when"), from, to).last();
            h.end() <= at
                && dative.is_none_or(|d| d.end() != h.start())
                && reading.after(group!("word.not-subject"), h.end(), h.end() + 1).is_none()
                && reading.after(group!("practice.relative"), h.end(), h.end() + 1).is_none()
                && !(to <= at && when.is_some_and(|w| w.end() + said::COMMA >= to))
                && (!reader || at < to || acts_on(reading, from, h))
        };
        reading.within(group, 0, at).iter().rev().take(MOST_SUBJECTS).find(acts).map(lexicon::Hit::start)
    };
    let nearest = kinds.into_iter().filter_map(|(group, reader)| Some((subject(group, reader)?, reader))).max();
    nearest.is_some_and(|(_, reader)| reader)
}

/// Whether a person acts beyond the comma: who opens the stretch or its condition does, and who may or must.
fn acts_on(reading: &Reading<'_>, from: usize, person: &lexicon::Hit) -> bool {
    let before = reading.text.get(from..person.start()).unwrap_or("");
    let led = |group| reading.within(group, from, person.start() + 1).last().is_some_and(|h| h.end() >= person.start());
    let may = |group| reading.after(group, person.end(), person.end() + 1).is_some();
    !before.chars().any(char::is_alphabetic)
        || [group!("practice.if"), group!("practice.in")].into_iter().any(led)
        || [group!("practice.modal"), group!("practice.adverb")].into_iter().any(may)
}

/// Persons before a place that are looked at.
const MOST_SUBJECTS: usize = 4;
/// Bytes of the longest word that makes a dative of the person behind it.
const DATIVE: usize = 9;

/// Whether the mark says that information of the category at that place is collected, shared or used.
fn tells(mark: &Mark, wanted: Category, at: usize) -> bool {
    match mark.kind {
        Kind::Sensitive { category, context: Context::Collect | Context::Share | Context::Use, .. } => {
            category == wanted && mark.start <= at && at < mark.end
        }
        _ => false,
    }
}

pub(super) fn points(places: At<'_, '_>, marks: &mut Vec<Mark>, known: Known<'_>) -> Vec<Point> {
    // Rows of one table share their columns and caption: the first of them is enough.
    let mut table = std::ptr::null();
    let mut first = |p: &Place<'_>| {
        let columns = p.columns.map_or(std::ptr::null(), <[_]>::as_ptr).cast::<u8>();
        std::mem::replace(&mut table, columns) != columns
    };
    let recipients = (0..).map_while(places).any(|p| p.is_row() && first(&p) && context::names_recipients(&p));
    // What the policy states somewhere is missed nowhere.
    let stated = |rule: &Rule| {
        rule.no_table && recipients || rule.no_contacts && known.contacts || rule.no_company && known.company
    };
    let answered: Vec<&str> = rules().iter().filter(|rule| stated(rule)).map(|rule| rule.name).collect();
    marks.retain(|m| !matches!(m.kind, Kind::Attention { rule, .. } if answered.contains(&rule)));
    let marks = &marks[..];
    let fired = |name: &str| -> Vec<(usize, bool)> {
        let here = |m: &Mark| match m.kind {
            Kind::Attention { rule, third } if rule == name => Some((m.clause, third)),
            _ => None,
        };
        marks.iter().filter_map(here).collect()
    };
    let mut risks = Vec::new();
    let mut good = Vec::new();
    for rule in rules() {
        let clauses = if rule.group == group!("attention.contradiction") {
            contradiction(places, marks).map(Vec::from).unwrap_or_default()
        } else {
            let mut told = fired(rule.name);
            told.retain(|(clause, _)| !rule.category.is_some_and(|c| taken_back(marks, *clause, c)));
            told.retain(|(clause, _)| rule.told.is_empty() || !withdrawn(places, *clause));
            if rule.period {
                // Facts tell where a period is stated, however it is worded.
                let open = |clause: &usize| {
                    let longer = group!("attention.concrete-retention.longer");
                    places(*clause).is_some_and(|p| !Reading::only(p.text, [longer]).has(longer))
                };
                told = known.periods.iter().filter(|c| open(c)).map(|clause| (*clause, false)).collect();
            }
            evidence(rule, places, &told)
        };
        if clauses.is_empty() {
            continue;
        }
        let list = if rule.good { &mut good } else { &mut risks };
        // What others do is told as theirs where nothing says that we do it.
        let theirs = |clause: &usize| fired(rule.name).contains(&(*clause, true));
        let third = clauses.first().is_some_and(theirs);
        let first = clauses.first().and_then(|i| places(*i)).map_or("", |p| p.text);
        let says = |group| Reading::only(first, [group]).has(group);
        let said = rule.more.iter().find(|(_, g)| says(*g)).map_or("", |(said, _)| said);
        let text = String::new();
        list.push(Point { rule: rule.name, clauses, good: rule.good, said, third, text });
    }
    good.truncate(MOST_GOOD);
    risks.truncate(MOST);
    risks.append(&mut good);
    risks
}

/// Whether the sentence behind the clause denies what is said of information of that kind.
fn taken_back(marks: &[Mark], clause: usize, wanted: Category) -> bool {
    let from = marks.partition_point(|m| m.clause <= clause);
    let next = marks.get(from..).unwrap_or_default().iter().take_while(|m| m.clause == clause + 1);
    { next }.any(|m| matches!(m.kind, Kind::Sensitive { category, context: Context::Deny, .. } if category == wanted))
}

/// Whether the next sentence of the same paragraph says that nothing leaves the device.
fn withdrawn(places: At<'_, '_>, clause: usize) -> bool {
    let own = places(clause).map(|p| p.text);
    let next = places(clause + 1).filter(|next| next.prev.is_some() && next.prev == own);
    next.is_some_and(|next| Reading::only(next.text, [group!("word.taken-back")]).has(group!("word.taken-back")))
}

/// Clauses that a point names at most.
const MOST_EVIDENCE: usize = 5;
/// A clause of fewer characters is a heading's or a cell's words.
const SHORT: usize = 16;

/// The first clauses in which the rule fired, each with whether it tells of others, of other sections where there are any;
/// what we do first, then better evidence.
fn evidence(rule: &Rule, places: At<'_, '_>, fired: &[(usize, bool)]) -> Vec<usize> {
    let text = |i: usize| places(i).map_or("", |p| p.text);
    // A lead-in says less than what it leads to.
    let leads = |i: usize| text(i).ends_with([':', '\u{ff1a}']);
    let short = |i: usize| text(i).chars().count() < SHORT;
    let rank = |(i, third): &(usize, bool)| {
        4 * u8::from(*third)
            + 2 * u8::from(leads(*i) || short(*i))
            + u8::from(!rule.first.is_some_and(|g| Reading::only(text(*i), [g]).has(g)))
    };
    let mut ranked: Vec<(u8, usize)> = fired.iter().map(|at| (rank(at), at.0)).collect();
    ranked.sort_unstable();
    let headings = |i: usize| places(i).map(|p| p.headings);
    let mut told: Vec<usize> = Vec::with_capacity(MOST_EVIDENCE);
    while told.len() < MOST_EVIDENCE {
        let fresh = |i: &usize| told.iter().all(|t| t != i && text(*t) != text(*i));
        let elsewhere = |i: &usize| told.iter().all(|t| headings(*t) != headings(*i));
        let mut others = ranked.iter().map(|r| r.1).filter(fresh);
        let Some(first) = others.next() else { break };
        let next = if elsewhere(&first) { first } else { others.find(elsewhere).unwrap_or(first) };
        told.push(next);
    }
    told
}

/// A promise never to collect something and the first clause that collects it.
fn contradiction(places: At<'_, '_>, marks: &[Mark]) -> Option<[usize; 2]> {
    let sensitive = |m: &Mark| match m.kind {
        Kind::Sensitive { category, context, .. } => Some((category, context)),
        Kind::Attention { .. } => None,
    };
    let words = |m: &Mark| places(m.clause).and_then(|p| p.text.get(m.start..m.end)).unwrap_or_default();
    let mut promises: Vec<(usize, Category, &str)> = Vec::new();
    let mut judged = None;
    for mark in marks {
        let Some((category, Context::Deny)) = sensitive(mark) else { continue };
        let known = promises.last().is_some_and(|p| (p.0, p.1, p.2) == (mark.clause, category, words(mark)));
        if matches!(category, Category::Minors | Category::Other) || known || promises.len() >= MOST_PROMISES {
            continue;
        }
        let holds = match judged {
            Some((clause, holds)) if clause == mark.clause => holds,
            _ => places(mark.clause).is_some_and(|p| unconditional(&p)),
        };
        judged = Some((mark.clause, holds));
        if holds {
            promises.push((mark.clause, category, words(mark)));
        }
    }
    if promises.is_empty() {
        return None;
    }
    let mut judged = None;
    let mut collecting = Vec::new();
    for mark in marks {
        let Some((category, Context::Collect)) = sensitive(mark) else { continue };
        let holds = match judged {
            Some((clause, holds)) if clause == mark.clause => holds,
            _ => places(mark.clause).is_some_and(|p| collects(&p)),
        };
        judged = Some((mark.clause, holds));
        if holds {
            collecting.push((mark.clause, category, words(mark)));
        }
    }
    promises.into_iter().find_map(|(promise, category, denied)| {
        // Everything of the category is meant, or only what the same words name.
        let whole = Reading::only(denied, [group!("word.whole-kind")]).has(group!("word.whole-kind"));
        let same = |words: &str| whole || words.contains(denied) || denied.contains(words);
        let found = collecting.iter().find(|(clause, c, words)| *c == category && *clause != promise && same(words))?;
        Some([promise, found.0])
    })
}

/// Whether a clause promises not to collect, with no condition of its own or of its list's lead-in.
fn unconditional(place: &Place<'_>) -> bool {
    let reading = Reading::only(place.text, [group!("attention.contradiction"), group!("word.limited")]);
    reading.has(group!("attention.contradiction"))
        && !reading.has(group!("word.limited"))
        && !place.lead.is_some_and(|lead| Reading::only(lead, [group!("word.limited")]).has(group!("word.limited")))
}

/// Whether it is a table row, or says in so many words that something is collected.
fn collects(place: &Place<'_>) -> bool {
    place.is_row() || Reading::only(place.text, [group!("word.get")]).has(group!("word.get"))
}
