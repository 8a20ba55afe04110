//! A sensitive term and its surroundings → the connection in which it is named.
//!
//! First that answers: table row (its columns), definition, promise not to, minors' own rules, the verb that governs
//! the term in its stretch, the reader's choice or the verb in the stretches before, the list's lead-in, guarding words
//! elsewhere in the sentence, the headings from its own outwards, collecting.

use super::said::{self, Said};
use super::sensitive::Term;
use super::{Category, Context, Place};
use crate::lexicon::reading::Reading;
use crate::lexicon::{self, Group, Hit, group};

/// What a decision rests on, in words.
pub(super) type Why = &'static str;

const HEADING: Why = "heading";
/// Nothing says it.
const NOTHING: Why = "nothing tells otherwise";

/// A practice holds the term.
const PRACTICE: Why = "what is done with it";

/// What stands around a clause, read once for as long as it stays the same.
#[derive(Debug, Default)]
pub(super) struct Surroundings<'a> {
    headings: Vec<Reading<'a>>,
    lead: Option<Reading<'a>>,
    columns: Vec<Reading<'a>>,
    caption: Reading<'a>,
    row: bool,
    /// The clause before ended with `；` or a colon.
    open: bool,
    /// The definition before that has not come to its end: `…；…；`, or that this clause goes on with.
    opening: Option<Reading<'a>>,
    /// What its practices say.
    said: Said,
}

/// Whether two texts are equal. Mostly they are one: a long one must not be compared anew for each clause that it stands over.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && (a.as_ptr() == b.as_ptr() || a == b)
}

fn same_all(read: &[Reading<'_>], texts: &[&str]) -> bool {
    read.len() == texts.len() && read.iter().zip(texts).all(|(r, t)| same(r.text, t))
}

impl<'a> Surroundings<'a> {
    /// Comes to the next place.
    pub fn enter(&mut self, place: &Place<'a>, reading: &Reading<'_>) {
        if !same_all(&self.headings, place.headings) {
            // The outer ones stay, mostly.
            let kept = self.headings.iter().zip(place.headings).take_while(|(r, h)| same(r.text, h)).count();
            self.headings.truncate(kept);
            self.headings.extend(place.headings.iter().skip(kept).map(|h| Reading::new(h)));
            self.opening = None;
        }
        // What opens with 'including' goes on with the sentence before.
        let lead = place.lead.or(place.prev.filter(|_| opens(reading, group!("context.define.verb"))));
        if !same_all(self.lead.as_slice(), lead.as_slice()) {
            self.lead = lead.map(Reading::new);
        }
        let columns = place.columns.unwrap_or_default();
        if !same_all(&self.columns, columns) {
            self.columns = columns.iter().map(|c| Reading::new(c)).collect();
        }
        if !same(self.caption.text, place.caption) {
            self.caption = Reading::new(place.caption);
        }
        self.row = place.is_row();
        self.said = Said::new(place, reading);
        if !self.open && !opens(reading, group!("context.continues")) {
            self.opening = None;
        }
    }

    /// Goes on to the next place: a list within one sentence (`…；…；`) or behind a colon keeps its definition.
    pub fn leave(&mut self, place: &Place<'_>, reading: &Reading<'a>) {
        let open = matches!(place.text.trim_end().chars().next_back().map(lexicon::fold), Some(';' | ':'));
        if place.is_row() {
            self.opening = None;
        } else if definition(reading, reading.text.len()).is_some() {
            self.opening = Some(reading.clone());
        } else if !open {
            self.opening = None;
        }
        self.open = open && self.opening.is_some();
    }

    /// Whether a heading, the lead-in, a column head or the caption has a hit of the group.
    pub fn has(&self, group: Group) -> bool {
        self.all().any(|r| r.has(group))
    }

    /// Whether the clause's own heading has a hit of the group.
    pub fn titled(&self, group: Group) -> bool {
        self.headings.last().is_some_and(|h| h.has(group))
    }

    /// The sentence that introduces the list.
    pub fn lead(&self) -> Option<&Reading<'a>> {
        self.lead.as_ref()
    }

    fn all(&self) -> impl Iterator<Item = &Reading<'a>> {
        self.headings.iter().chain(&self.lead).chain(&self.columns).chain([&self.caption]).chain(&self.opening)
    }

    /// The headings' answer, from the clause's own outwards.
    fn by_heading(&self) -> Option<(Context, Why)> {
        let own = self.headings.last()?;
        // A chapter that defines may hold sections that do not: their own heading must name what is defined.
        let said = |h: &Reading<'_>| {
            let inner = h.text == own.text || own.has(group!("context.define.subject"));
            by_title(h).filter(|(x, _)| inner || *x != Context::Define)
        };
        let (at, found) = self.headings.iter().enumerate().rev().find_map(|(at, h)| Some((at, said(h)?)))?;
        // 'What we collect › Shared albums': in a chapter on collecting, a section's name is that of a feature.
        let feature = matches!(found.0, Context::Share | Context::Right);
        let collects = |h: &Reading<'_>| {
            let others =
                [group!("context.heading.share"), group!("context.heading.third"), group!("context.heading.right")];
            h.has(group!("context.heading.collect")) && !others.into_iter().any(|g| h.has(g))
        };
        let outer = self.headings.get(..at).and_then(|outer| outer.iter().rev().find_map(|h| Some((h, by_title(h)?))));
        Some(outer.filter(|(h, _)| feature && collects(h)).map_or(found, |(_, told)| told))
    }
}

/// Whether the clause opens with a word of the group, such as "including", as the second half of a sentence does.
fn opens(reading: &Reading<'_>, group: Group) -> bool {
    reading.of(group).first().is_some_and(|hit| hit.start() == 0)
}

fn by_title(title: &Reading<'_>) -> Option<(Context, Why)> {
    let order = [
        (group!("context.heading.define"), Context::Define),
        (group!("context.heading.third"), Context::Share),
        (group!("context.heading.collect"), Context::Collect),
        (group!("context.heading.share"), Context::Share),
        (group!("context.heading.right"), Context::Right),
        (group!("context.heading.minors"), Context::Protect),
        (group!("context.heading.protect"), Context::Protect),
        (group!("context.heading.use"), Context::Use),
    ];
    order.into_iter().find(|(g, _)| title.has(*g)).map(|(_, x)| (x, HEADING))
}

/// The connection in which the term is named, and what tells.
pub(super) fn decide(reading: &Reading<'_>, around: &Surroundings<'_>, term: &Term) -> (Context, Why) {
    if around.row {
        let promised = around.said.of(term.start, term.end) == Some(Context::Deny);
        return if promised { (Context::Deny, PRACTICE) } else { row(around) };
    }
    if reading.has(group!("context.define.none")) {
        return (Context::Define, "counts as");
    }
    // The name of the whole kind may be what is defined.
    let end = reading.text.len();
    let defined = || reading.after(group!("context.define.verb"), term.end, end).map_or(end, |verb| verb.end());
    let at = if term.category == Category::Other { defined() } else { term.start };
    if let Some(found) = definition(reading, at).or_else(|| by_list(around)) {
        return found;
    }
    // 'Please do not give your …': what one is warned of.
    if term.category != Category::Minors && reading.before(group!("context.warning"), 0, term.start).is_some() {
        return (Context::Protect, "the reader is warned");
    }
    let (from, to) = reading.stretch(term.start);
    if let Some(context) = around.said.of(term.start, term.end).filter(|x| holds(*x, reading, around, term)) {
        return (context, PRACTICE);
    }
    if refused(reading) {
        return (Context::Right, "what the reader may refuse");
    }
    if term.category == Category::Minors {
        // A child that is only named is judged by what happens to the children's data in the sentence.
        let data = reading.of(group!("context.minors.data"));
        let named = |h: &&Hit| h.start() <= term.start && term.start < h.end();
        let told = data.iter().find(named).or(data.first()).and_then(|h| {
            let (from, to) = reading.stretch(h.start());
            governed(reading, around, from, to, &Term { start: h.start(), end: h.end(), ..*term })
        });
        return minors(reading, around, told);
    }
    let heading = around.by_heading();
    match heading.map(|(x, _)| x) {
        // In a section on sharing or on rights everything is that which is not guarded or asked for.
        Some(x @ (Context::Share | Context::Right))
            if x == Context::Share || reading.before(group!("context.right.demand"), 0, term.start).is_none() =>
        {
            let told = governed(reading, around, from, to, term);
            // "We collect …" says so under whatever heading, unless somebody else does.
            let ours = reading.before(group!("context.we"), 0, term.start).is_some()
                && !reading.has(group!("context.third"))
                && reading.of(group!("context.verb.share")).is_empty();
            let holds = |told| told == Context::Protect || told == Context::Collect && ours && x == Context::Right;
            told.filter(|(x, _)| holds(*x)).unwrap_or((x, HEADING))
        }
        Some(Context::Define) if !reading.has(group!("context.we")) && !reading.has(group!("context.agreed")) => {
            (Context::Define, HEADING)
        }
        section => {
            if let Some(found) = governed(reading, around, from, to, term) {
                // Nobody says that a password is passed on but to warn of it.
                let others = reading.has(group!("context.third")) || reading.has(group!("context.third.tool"));
                let warns = found.0 == Context::Share && term.category == Category::Credentials && !others;
                return if warns { (Context::Protect, "guarding words in the sentence") } else { found };
            }
            if let Some(lead) = &around.lead
                && let Some(found) = by_lead(lead)
            {
                return found;
            }
            let silent = |g: Group| !reading.has(g);
            if reading.has(group!("context.verb.protect"))
                && silent(group!("context.verb.collect"))
                && silent(group!("context.verb.use"))
            {
                return (Context::Protect, "guarding words in the sentence");
            }
            let section = section.filter(|x| *x != Context::Define);
            section.map_or((Context::Collect, NOTHING), |x| (x, HEADING))
        }
    }
}

/// What is said of words that may be no sensitive term, where something says so: the sentence, its lead-in or a heading.
pub(super) fn told(reading: &Reading<'_>, around: &Surroundings<'_>, start: usize, end: usize) -> Option<Context> {
    let term = Term { start, end, category: Category::Browsing, standards: 0 };
    let (context, why) = decide(reading, around, &term);
    (why != NOTHING).then_some(context)
}

/// A table: of recipients, or of what is collected.
fn row(around: &Surroundings<'_>) -> (Context, Why) {
    let recipients = around.columns.iter().any(|r| r.has(group!("context.column.share")))
        || around.caption.has(group!("context.heading.third"));
    match around.by_heading() {
        _ if recipients => (Context::Share, "column heads or caption name recipients"),
        Some((x @ (Context::Share | Context::Define | Context::Right), why)) => (x, why),
        _ => (Context::Collect, "row of a table"),
    }
}

/// Whether the clause defines: by its own words, its list or its heading.
pub(super) fn defines(reading: &Reading<'_>, around: &Surroundings<'_>) -> bool {
    definition(reading, reading.text.len()).is_some()
        || by_list(around).is_some()
        || around.by_heading().is_some_and(|(x, _)| x == Context::Define)
        || tells_harm(reading)
}

/// Whether this is the sentence that says what makes information sensitive: it names no data.
pub(super) fn tells_harm(reading: &Reading<'_>) -> bool {
    reading.has(group!("context.define.harm"))
}

/// Whether what stands at `at` is said not to be done, or to be done by nobody who has to do with the reader.
pub(super) fn denies(around: &Surroundings<'_>, at: usize) -> bool {
    matches!(around.said.of(at, at + 1), Some(Context::Deny | Context::Define))
}

/// Whether a table's column heads or caption name recipients.
pub(super) fn names_recipients(place: &Place<'_>) -> bool {
    let mut columns = place.columns.unwrap_or_default().iter();
    columns.any(|text| Reading::only(text, [group!("context.column.share")]).has(group!("context.column.share")))
        || Reading::only(place.caption, [group!("context.heading.third")]).has(group!("context.heading.third"))
}

/// A definition whose subject and verb stand before `at`, with no verb of collecting between.
fn definition(reading: &Reading<'_>, at: usize) -> Option<(Context, Why)> {
    if !reading.within(group!("context.define.as"), 0, reading.text.len()).is_empty() {
        return Some((Context::Define, "counts as"));
    }
    if tells_harm(reading) {
        return Some((Context::Define, "says what makes information sensitive"));
    }
    let subject = reading.of(group!("context.define.subject")).first()?;
    let verb = reading.after(group!("context.define.verb"), subject.end(), at)?;
    let opens = subject.start() <= 45 && verb.end() - subject.end() <= 60;
    let before = |g: Group| reading.within(g, 0, verb.start()).is_empty();
    let after = reading.within(group!("context.we"), verb.end(), at).is_empty();
    (opens
        && before(group!("context.verb.collect"))
        && before(group!("context.verb.share"))
        && before(group!("context.we"))
        && after)
        .then_some((Context::Define, "definition"))
}

fn by_list(around: &Surroundings<'_>) -> Option<(Context, Why)> {
    if around.opening.is_some() {
        return Some((Context::Define, "goes on with a definition"));
    }
    let lead = around.lead.as_ref()?;
    definition(lead, lead.text.len()).map(|(x, _)| (x, "lead-in of the list is a definition"))
}

/// Minors have sections and duties of their own. `told` is what governs the term, if it names their data.
fn minors(reading: &Reading<'_>, around: &Surroundings<'_>, told: Option<(Context, Why)>) -> (Context, Why) {
    if reading.has(group!("context.minors.process")) && !reading.has(group!("context.minors.keep")) {
        return (Context::Use, "says how their information is processed");
    }
    let owed = reading.has(group!("context.minors.delete")) && !reading.has(group!("context.minors.entitled"));
    if reading.has(group!("context.minors.contact")) && !owed {
        return (Context::Right, "says whom to turn to");
    }
    let heading = around.by_heading();
    let rights = heading.is_some_and(|(x, _)| x == Context::Right);
    if !rights && told.is_some_and(|(x, _)| x == Context::Collect) && asks(reading) {
        return (Context::Collect, "their information is asked for");
    }
    let plain = !reading.has(group!("context.minors.care"));
    match heading {
        Some((x @ (Context::Define | Context::Share), why)) if plain => (x, why),
        Some(found @ (Context::Share | Context::Collect, _)) if told.is_some_and(|(x, _)| x == found.0) => found,
        Some(found @ (Context::Right, _)) => found,
        _ => told
            .filter(|(x, _)| *x == Context::Share && reading.has(group!("context.third")))
            .unwrap_or((Context::Protect, "minors")),
    }
}

/// 'We will collect', 'we may need to ask you for': no duty of somebody who learns that it was collected.
fn asks(reading: &Reading<'_>) -> bool {
    let verbs = reading.of(group!("context.verb.collect")).iter().take(MOST_VERBS);
    !reading.has(group!("context.learnt")) && { verbs }.any(|verb| {
        let (from, _) = reading.stretch(verb.start());
        reading.before(group!("context.minors.will"), from, verb.start() + 1).is_some()
    })
}

/// Whether the sentence only says what may be refused: no verb of collecting stands outside of the refusal.
fn refused(reading: &Reading<'_>) -> bool {
    let refusals = reading.of(group!("context.refusal"));
    let inside = |verb: &Hit| refusals.iter().any(|r| r.start() <= verb.start() && verb.end() <= r.end());
    !refusals.is_empty() && reading.of(group!("context.verb.collect")).iter().take(MOST_VERBS).all(inside)
}

/// Verbs of a sentence that are looked at.
const MOST_VERBS: usize = 8;

/// 'By means of your location': put to a use, whoever does it.
fn is_means(reading: &Reading<'_>, from: usize, term: &Term) -> bool {
    reading.within(group!("context.means"), from, term.start).last().is_some_and(|h| h.end() == term.start)
}

/// Whether what a practice says outweighs the rest: somebody else's kit may be what collects; in a chapter on others' doing only
/// what we alone do does, in one on rights and of minors only what is promised not to be done.
fn holds(said: Context, reading: &Reading<'_>, around: &Surroundings<'_>, term: &Term) -> bool {
    if is_means(reading, 0, term) {
        return false;
    }
    let alone = || !reading.has(group!("context.third"));
    if said == Context::Collect && reading.has(group!("context.third.tool")) {
        return false;
    }
    match around.by_heading().map(|(x, _)| x) {
        _ if term.category == Category::Minors => said == Context::Deny,
        Some(Context::Right) => said == Context::Deny,
        Some(Context::Share) => said != Context::Collect || alone(),
        _ => true,
    }
}

/// The verb that governs the term: the nearest before it in its stretch, else the nearest after it.
fn governed(
    reading: &Reading<'_>,
    around: &Surroundings<'_>,
    from: usize,
    to: usize,
    term: &Term,
) -> Option<(Context, Why)> {
    let kinds = [
        (group!("context.verb.collect"), Context::Collect),
        (group!("context.verb.ask"), Context::Collect),
        (group!("context.verb.share"), Context::Share),
        (group!("context.verb.use"), Context::Use),
        (group!("context.verb.protect"), Context::Protect),
    ];
    let last = |from: usize, to: usize| {
        let found = kinds.into_iter().filter_map(|(g, x)| reading.before(g, from, to).map(|h| (h.end(), h, x)));
        found.max_by_key(|(end, ..)| *end)
    };
    if reading.of(group!("context.right.own")).iter().any(|h| h.start() <= term.start && term.start < h.end()) {
        return Some((Context::Right, "what only the reader does"));
    }
    if is_means(reading, from, term) {
        return Some((Context::Use, "it is the means"));
    }
    // 'We collect your data, including …': the verb stands in an earlier stretch.
    let goes_on = reading.after(group!("context.continues"), from, term.start).is_some_and(|h| h.start() <= from + 6);
    let before = last(from, term.start).or_else(|| if goes_on { last(0, from) } else { None });
    let after = kinds
        .into_iter()
        .filter_map(|(g, x)| reading.after(g, term.end, to).map(|h| (h.start(), h, x)))
        .min_by_key(|(start, h, _)| (*start, std::cmp::Reverse(h.end()))); // 'hand in to' before 'hand in'
    // The reader's own doing: 'you may change your password'.
    let opened = reading.before(group!("context.right.opener"), 0, term.start).is_some();
    let own = reading
        .before(group!("context.verb.right"), from, term.start)
        .or_else(|| reading.after(group!("context.verb.right"), term.end, to));
    // 'You may withdraw that we collect …': the reader's verb stands before the other.
    let first = |verb: Hit| !reading.within(group!("context.verb.right"), from, verb.start()).is_empty();
    if opened && own.is_some() && before.is_none_or(|(_, verb, x)| x != Context::Collect || first(verb)) {
        return Some((Context::Right, "what the reader may do"));
    }
    // 'We use the photo that you uploaded': uploading only says which photo.
    let relative = |verb: Hit| {
        reading.of(group!("context.verb.relative")).iter().find(|h| h.start() < verb.end() && verb.start() < h.end())
    };
    let mut governs = before;
    while let Some(r) = governs.and_then(|(_, verb, _)| relative(verb)) {
        governs = last(reading.stretch(r.start()).0, r.start());
    }
    let before = governs.or(if after.is_some() { None } else { before });
    // 'Services based on your location': what a feature rests on, not what is done.
    let feature = reading.after(group!("context.feature"), term.end, to).is_some_and(|f| f.start() <= term.end + 12);
    let before = before.filter(|(.., x)| !feature || *x != Context::Use);
    let after = after.filter(|_| !feature);
    // 'Once we have collected it, your X is given to …'
    let handed = |verb: Hit| reading.after(group!("context.object"), verb.end(), term.start).is_some();
    let before = match (before, after) {
        (Some((_, verb, Context::Collect)), Some((_, _, x))) if x != Context::Collect && handed(verb) => None,
        _ => before,
    };
    let found =
        before.map(|found| (found, "the verb before it")).or_else(|| after.map(|found| (found, "the verb after it")));
    // 'You may close …, but then what rests on it is gone.'
    if found.is_none()
        && let Some(opener) = reading.before(group!("context.right.opener"), 0, from)
        && reading.after(group!("context.verb.right"), opener.end(), reading.stretch(opener.start()).1).is_some()
    {
        return Some((Context::Right, "what the reader may do"));
    }
    // 'We collect your A, B, your C': how long something is kept is another matter.
    let kept = !reading.within(group!("context.heading.protect"), from, to).is_empty()
        || reading.before(group!("context.object"), from, term.start).is_some();
    let far = || last(0, from).filter(|(.., x)| matches!(x, Context::Collect | Context::Share) && !kept);
    let found = found.or_else(|| far().map(|found| (found, "the verb of the sentence")));
    if let Some(((_, verb, x), why)) = found {
        let from = reading.stretch(verb.start()).0;
        let verb = verb.start().min(term.start);
        // 'A third party may collect': it is the third party that gets it.
        let takes = !reading.within(group!("word.get"), verb, verb + 1).is_empty();
        let third = reading.before(group!("context.third"), from, verb).is_some()
            || takes && reading.before(group!("context.third.tool"), from, verb).is_some();
        let asked = reading.before(group!("context.verb.ask"), from, term.start).is_some();
        let we = reading.before(group!("context.we"), from, verb).is_some();
        // 'We use the SDK of X, which reads …'
        let tool = reading.before(group!("context.third.tool"), 0, from).is_some_and(|t| t.end() + 4 > from);
        if x == Context::Collect && (tool || third && !we) && !asked {
            return Some((Context::Share, "a third party collects it"));
        }
        return Some((x, why));
    }
    // 'These data, once encrypted, are used to …': what opens the sentence stands alone before its verb.
    let (next, end) = reading.stretch(to);
    let comma = reading.text.get(..to).is_some_and(|t| t.ends_with([',', '\u{ff0c}']));
    let plain = |g| reading.within(g, from, to).is_empty();
    if from > 0 || !comma || !plain(group!("context.user")) || !plain(group!("sensitive.cue.sensitive")) {
        return None;
    }
    if around.said.denies(next, end) {
        return Some((Context::Deny, "a promise not to, in the next stretch"));
    }
    // 'Such permissions, you may turn them off in …'
    let opener = reading.after(group!("context.right.opener"), to, end).filter(|o| o.start() <= to + NEAR);
    if opener.is_some_and(|o| reading.after(group!("context.verb.right"), o.end(), end).is_some()) {
        return Some((Context::Right, "what the reader may do in the next stretch"));
    }
    let next = |g| reading.after(g, to, end).is_some();
    let told = [(group!("context.verb.use"), Context::Use), (group!("context.verb.share"), Context::Share)]
        .into_iter()
        .find(|&(g, _)| next(g));
    told.map(|(_, x)| (x, "the verb in the next stretch"))
}

/// Bytes of a comma and of an adverb before a subject.
const NEAR: usize = 9;

/// The lead-in's last verb.
fn by_lead(lead: &Reading<'_>) -> Option<(Context, Why)> {
    if said::withholds(lead) {
        return Some((Context::Deny, "lead-in of the list promises not to"));
    }
    let kinds = [
        (group!("context.verb.collect"), Context::Collect),
        (group!("context.verb.share"), Context::Share),
        (group!("context.verb.use"), Context::Use),
        (group!("context.verb.protect"), Context::Protect),
        (group!("context.verb.right"), Context::Right),
    ];
    // A lead-in that guards, too, leads to what it collects, shares or uses.
    let tells = |x| !matches!(x, Context::Protect | Context::Right);
    let last = kinds.into_iter().filter_map(|(g, x)| lead.of(g).last().map(|h| (tells(x), h.start(), x)));
    let last = last.max_by_key(|&(tells, at, _)| (tells, at));
    last.map(|(.., x)| (x, "lead-in of the list"))
}
