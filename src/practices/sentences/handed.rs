//! A clause that is a list → what it has from its lead-in, the sentence before or its heading; what it hands on to the list behind it.

use super::Reader;
use super::{Kind, Member, Segment, Trust, Verb, Word, lists, modes, scope};
use crate::lexicon::group;
use crate::practices::{Action, Actor, Class, Given, Mode, Practice, Slot, Stretch, Sure};
use crate::text::is_letter;

/// Bytes back to a list that is meant; longer than most, so that a text of nothing else is read once.
const MEANT: usize = 600;

/// Bytes of the mark and the word with which a list opens.
const LEAD: usize = 6;

impl Reader<'_, '_> {
    /// A clause that is a list, under a lead-in or a heading, or behind a sentence that it goes on with.
    pub(super) fn listed(&mut self, from: usize, out: &mut Vec<Practice>) {
        let fresh = out.get(from..).unwrap_or_default();
        let fresh = fresh.iter().rfind(|p| p.collects()).or(fresh.last());
        let clause = self.clause;
        let nothing = |g: &Given| matches!(g.slot, Slot::Nothing | Slot::Kits);
        let Some(given) = self.inherits(fresh).filter(|g| !nothing(g)) else { return };
        let led = self.sentence.lead.is_some_and(|l| l.slot == Slot::Items);
        // Where nothing is told before the list, nothing is said there: 'which, once leaked, …' defines.
        let silent = |at: usize| {
            let end = clause.segments.get(at).map_or(0, |s| s.start);
            let says = |w: &Word| matches!(w.kind, Kind::Verb(_) | Kind::Modal | Kind::If | Kind::When | Kind::Not);
            !clause.within(0, end).iter().any(says)
        };
        let again = || {
            let at = self.resumed();
            (at > 0 && fresh.map_or_else(|| silent(at), Practice::collects)).then_some(at)
        };
        let members = match self.stretch(led, 0).or_else(|| self.stretch(false, again()?)) {
            Some((from, to)) if led || given.mode == Mode::DoesNot => lists::led(clause, self.items, from, to),
            Some((from, to)) => lists::members(clause, self.items, from, to, Trust::Said),
            None => return,
        };
        let (Some(first), Some(last)) = (members.first(), members.last()) else { return };
        if members.iter().all(|m| m.generic) {
            return;
        }
        let end = clause.reading.text.len();
        self.listed = last.end;
        out.push(Practice {
            mode: given.mode,
            denied: given.mode == Mode::DoesNot,
            objects: members.iter().map(|m| self.object(m)).collect(),
            purposes: self.spans(&self.scope.purposes, 0, end),
            conditions: self.spans(&self.scope.conditions, 0, end),
            sure: given.sure,
            ..Practice::new(self.sentence.index, self.sentence.span((first.start, last.end)), given.actor, given.action)
        });
    }

    /// Where the list is that the clause opens with: behind its label, or the label itself where no list is behind it.
    fn stretch(&self, led: bool, start: usize) -> Option<Stretch> {
        let clause = self.clause;
        let (mut found, mut label): (Option<Stretch>, Option<Stretch>) = (None, None);
        for segment in clause.segments.get(start..).unwrap_or_default() {
            let Some(end) = self.list_end(segment) else { break };
            let from = scope::content(clause, segment);
            // 'For example, …'.
            let opens = |w: &Word| matches!(w.kind, Kind::Include | Kind::Such) && w.start == from;
            if found.is_none() && clause.of(segment).iter().any(|w| opens(w) && w.end >= segment.end) {
                continue;
            }
            let (data, all) = lists::weigh(clause, self.items, from, end);
            // 'Device information: model, …': what stands before the colon only heads the list.
            if segment.colon && !segment.last {
                (found, label) = (None, Some((from, end)));
                continue;
            }
            let plain = led && found.is_none() && all > 0 && self.names(from, end);
            if !plain && (data == 0 || data * 2 < all) {
                break;
            }
            found = Some((found.map_or(from, |f| f.0), end));
            if end < segment.end || segment.last {
                break;
            }
        }
        found.or(label.filter(|_| led))
    }

    /// Whether a stretch only names something: no verb is in it.
    fn names(&self, from: usize, to: usize) -> bool {
        self.verbs.iter().all(|v| v.start < from || v.start >= to)
    }

    /// Whether the clause goes on with the sentence before: 'including …', 'such as …', 'these are …'.
    pub(super) fn opens(&self) -> bool {
        self.clause.segments.first().is_some_and(|s| {
            let at = scope::content(self.clause, s);
            self.clause.within(at, at + 1).iter().any(|w| matches!(w.kind, Kind::Include | Kind::Such))
                || self.clause.starts(group!("practice.these"), at)
        })
    }

    /// The segment in which the clause comes to its list, behind words for all of it: 'we …, this information includes A, B',
    /// 'the account: all that is known of it, including A, B'.
    fn resumed(&self) -> usize {
        let (clause, generic) = (self.clause, group!("practice.noun.generic"));
        let includes = |at: usize| {
            let (before, segment) = (clause.segments.get(at - 1)?, clause.segments.get(at)?);
            let from = scope::content(clause, segment);
            let word =
                clause.within(from, segment.end).iter().find(|w| w.kind == Kind::Include && w.end < segment.end)?;
            let these = clause.starts(group!("practice.any"), from) || clause.starts(group!("practice.these"), from);
            let told = if word.start == from {
                clause.ends(generic, before.end)
            } else {
                these && clause.ends(generic, word.start)
            };
            told.then_some(at)
        };
        (1..clause.segments.len()).find_map(includes).unwrap_or(0)
    }

    /// From whom a list without a verb has its verb: the lead-in, the sentence before it, the heading.
    fn inherits(&self, fresh: Option<&Practice>) -> Option<Given> {
        if let Some(fresh) = fresh.filter(|p| p.collects() && self.resumed() > 0) {
            return Some(Given::on(fresh));
        }
        let before = self.sentence.before.filter(|_| self.opens());
        self.sentence.lead.or(before).or(self.sentence.heading)
    }

    /// The list that 'this information' means: the nearest one of the sentence before the place where that is said.
    pub(super) fn meant(&self, verb: &Verb, place: usize) -> Vec<Member> {
        let clause = self.clause;
        let takes = verb.parts.iter().all(|p| matches!(p.0, Class::Collect | Class::Store));
        let near = clause.reading.text.floor_char_boundary(place.saturating_sub(MEANT));
        let start = self.sentence(verb).0.max(clause.number).max(near);
        let Some(comma) = clause.text(start, place).find('\u{3001}').filter(|_| takes).map(|at| start + at) else {
            return Vec::new();
        };
        let Some(segment) = clause.segments.get(clause.segment(comma)) else { return Vec::new() };
        // In a bracket, or from a word of the grammar to the next one.
        let bracket = clause.mask(segment.start, comma).filter(|m| comma < m.1);
        let lasts = |w: &Word| clause.of(segment).last().is_some_and(|last| last.start == w.start);
        let joins = |w: &&Word| match w.kind {
            Kind::And | Kind::Of | Kind::Opaque => false,
            Kind::With => !lasts(w),
            _ => !w.weak,
        };
        let (from, to) = bracket.unwrap_or_else(|| {
            let start = |w: &Word| if w.kind == Kind::You { w.start } else { w.end };
            let before = clause.within(segment.start, comma).iter().rfind(joins).map_or(segment.start, start);
            let last = clause.text(comma, segment.end.min(place)).rfind('\u{3001}').map_or(comma, |at| comma + at);
            let behind = clause.within(last, segment.end).iter().find(joins).map_or(segment.end, |w| w.start);
            (before, behind.min(place))
        });
        // What is done with a condition's words is not said: most of them must be known.
        let led = bracket.is_some_and(|m| clause.reading.after(group!("practice.include"), m.0, m.0 + LEAD).is_some());
        let supposed = !led && self.scope.conditional(comma);
        let trust = if supposed { Trust::Said } else { Trust::Collected };
        let mut members = lists::members(clause, self.items, from, to, trust);
        members.retain(|m| !m.generic && !clause.ends(group!("practice.kit"), m.end));
        let keyed = members.iter().filter(|m| m.key.is_some()).count();
        members.retain(|_| !supposed || keyed * 2 >= lists::weigh(clause, self.items, from, to).1);
        members
    }

    /// Where the list in a segment ends; `None` where it is no list.
    fn list_end(&self, segment: &Segment) -> Option<usize> {
        let clause = self.clause;
        let mut end = segment.end;
        for word in clause.of(segment) {
            let stops = match word.kind {
                Kind::We | Kind::You => {
                    // 'What we use' is not the reader's.
                    let taken = |v: &Verb| {
                        word.kind == Kind::You || v.parts.iter().any(|p| matches!(p.0, Class::Collect | Class::Store))
                    };
                    let relative = self.verbs.iter().any(|v| v.relative && v.start == word.end && taken(v));
                    // 'The place where you are'.
                    let owned = clause.within(word.end, segment.end).first().is_some_and(|w| w.kind == Kind::Of);
                    !relative && !owned
                }
                Kind::For | Kind::Modal | Kind::Not | Kind::If | Kind::Take => true,
                _ => self.scope.aimed(word.start) || self.scope.conditional(word.start),
            };
            if stops {
                end = end.min(word.start);
            }
        }
        (end > segment.start).then_some(end)
    }

    /// What a list behind the clause goes on with: the last practice's, if what stands before the colon asks for data.
    pub(super) fn hands_on(&self, own: &[Practice]) -> Option<Given> {
        let clause = self.clause;
        let segment = clause.segments.last()?;
        let situation = clause.reading.within(group!("practice.noun.situation"), segment.start, segment.end).last();
        let data = clause.reading.within(group!("practice.noun.generic"), segment.start, segment.end).last();
        let asks = data.map_or(0, crate::lexicon::Hit::end) >= situation.map_or(0, crate::lexicon::Hit::end);
        // 'We collect the following information:', 'you give us your data, which are:'.
        let before = |at: usize| {
            let includes = clause.within(at, segment.end).iter().filter(|w| w.kind == Kind::Include);
            includes.map(|w| w.start).min().unwrap_or(segment.end)
        };
        let listed = data.is_some_and(|d| !clause.text(d.end(), before(d.end())).chars().any(is_letter));
        let slot = match (asks, own.last()) {
            (false, _) => Slot::Nothing,
            (true, Some(practice)) if listed && practice.collects() => Slot::Items,
            _ => Slot::Objects,
        };
        // 'We have built in the following kits:'.
        let kit = clause.reading.within(group!("practice.kit"), segment.start, segment.end).last();
        let kits = kit.is_some_and(|k| !clause.text(k.end(), before(k.end())).chars().any(is_letter));
        if kits && clause.reading.has(group!("practice.embed")) {
            let (actor, action) = (Actor::Third, Action::Collect);
            return Some(Given { actor, action, mode: Mode::Does, slot: Slot::Kits, sure: Sure::Inherited });
        }
        let given = match own.last() {
            _ if modes::withheld(clause, self.scope, own, self.sentence.base) => return Some(modes::NEVER),
            Some(practice) => Given::on(practice),
            None => self.sentence.lead.or(self.sentence.heading)?,
        };
        // 'We do not, but in these cases': what is listed is done.
        let unless = clause.of(segment).last().is_some_and(|w| w.kind == Kind::If && w.end == segment.end);
        if given.mode == Mode::DoesNot && (unless || clause.reading.has(group!("practice.except"))) {
            return Some(Given { slot: Slot::Nothing, mode: Mode::Does, sure: Sure::Inherited, ..given });
        }
        Some(Given { slot, sure: Sure::Inherited, ..given })
    }
}
