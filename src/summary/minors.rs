//! Clauses on minors → the card's line: what is asked of whom, below an age or of children or minors at large.

use super::Card;
use crate::facts::below;
use crate::lexicon::reading::Reading;
use crate::lexicon::{Group, Hit, group, set};
use crate::practices::Practice;
use crate::text::{Evidenced, count, has as has_char, is_colon, part};

/// Of whom something is asked, the youngest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whom {
    Below(u32),
    /// Children, where nothing tells up to which age.
    Children,
    /// The same of minors.
    Minors,
}

/// What is asked, the most first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    /// They must not use it.
    Ban,
    /// A guardian must agree.
    Consent,
    /// A guardian must guide.
    Guidance,
    /// A guardian must read along.
    Reading,
    /// Rules of their own apply.
    Rules,
    /// A guardian's consent is advised.
    AdvisedConsent,
    /// A guardian is advised.
    Advice,
    /// Nothing: only who counts as a child or a minor is told.
    Defined,
}

impl Asked {
    /// The sentence that says so.
    const fn key(self, whom: Whom) -> Option<&'static str> {
        Some(match (self, whom) {
            (Self::Ban, Whom::Below(_)) => "say.children.ban",
            (Self::Ban, Whom::Minors) => "say.children.ban.any",
            (Self::Consent, Whom::Below(_)) => "say.children.consent",
            (Self::Consent, Whom::Children) => "say.children.consent.child",
            (Self::Consent, Whom::Minors) => "say.children.consent.any",
            (Self::Guidance, Whom::Below(_)) => "say.children.guide",
            (Self::Guidance, Whom::Minors) => "say.children.guide.any",
            (Self::Reading, Whom::Below(_)) => "say.children.read",
            (Self::Reading, Whom::Minors) => "say.children.read.any",
            // Above the age of children, rules of one's own are no rules for children.
            (Self::Rules, Whom::Below(age)) if age > CHILD => "say.children.rules.minor",
            (Self::Rules, Whom::Below(_)) => "say.children.rules",
            (Self::Rules, Whom::Children) => "say.children.rules.any",
            (Self::AdvisedConsent, Whom::Below(_)) => "say.children.advise.consent",
            (Self::Advice, Whom::Below(_)) => "say.children.advise",
            (Self::Defined, Whom::Below(age)) if age > CHILD => "say.children.minor",
            (Self::Defined, Whom::Below(_)) => "say.children.child",
            _ => return None,
        })
    }
}

/// Up to which age the law speaks of children.
const CHILD: u32 = 14;

/// Parts of the line.
const PARTS: usize = 3;

/// Clauses before one that may name whom it speaks of: "If you are a minor, …. You may use it only once a guardian agrees."
const BACK: usize = 2;

/// What a clause is asked of minors for.
const GROUPS: [Group; 16] = [
    group!("age.minor"),
    group!("age.child"),
    group!("card.minors"),
    group!("card.guardian"),
    group!("card.agree"),
    group!("card.guide"),
    group!("card.guide-reading"),
    group!("card.guide-using"),
    group!("card.must"),
    group!("card.only-after"),
    group!("card.ban"),
    group!("card.advise"),
    group!("card.undo"),
    group!("card.undo-data"),
    group!("card.self"),
    group!("card.rules"),
];

impl Card<'_> {
    /// The most that clauses on minors ask of each.
    pub(super) fn children(&mut self) {
        let facts = self.read.facts;
        let ages = [&facts.child_age, &facts.minor_age].into_iter().flatten().flat_map(Evidenced::clauses);
        let mut told: Vec<(Whom, Asked, usize)> = Vec::new();
        for &clause in ages.chain(self.read.subjects.of("children")) {
            let words = Reading::only(self.text(clause), GROUPS);
            let Some(whom) = self.whom(clause, &words) else { continue };
            // "We share it only if a guardian agrees" asks nothing of who uses the product.
            let gives = below(words.text).is_none() && self.read.practices.of(clause).iter().any(Practice::shares);
            let asked =
                asked(&words, whom).filter(|asked| asked.key(whom).is_some() && !(gives && *asked == Asked::Consent));
            let Some(asked) = asked else { continue };
            match told.iter_mut().find(|known| known.0 == whom) {
                Some(known) if asked < known.1 => *known = (whom, asked, clause),
                Some(_) => {}
                None => told.push((whom, asked, clause)),
            }
        }
        for (age, named) in [(&facts.child_age, group!("age.child")), (&facts.minor_age, group!("age.minor"))] {
            let Some(age) = age.as_ref().filter(|age| !told.iter().any(|t| t.0 == Whom::Below(age.value))) else {
                continue;
            };
            // By a verb, a colon or a bracket; not where it only stands out, or in what counts as sensitive.
            let groups = [named, group!("age.define"), group!("age.example"), group!("card.sensitive")];
            let defined = age.clauses().iter().find(|clause| {
                let words = Reading::only(self.text(**clause), groups);
                let printed = has_char(words.text, |c| is_colon(c) || matches!(c, '(' | '\u{ff08}'));
                let defines = words.has(group!("age.define")) || printed && !words.has(group!("age.example"));
                words.has(named) && defines && !words.has(group!("card.sensitive"))
            });
            told.extend(defined.map(|clause| (Whom::Below(age.value), Asked::Defined, *clause)));
        }
        // What is said with an age needs no saying without.
        let told_of = |child: bool| told.iter().any(|t| matches!(t.0, Whom::Below(age) if child == (age <= CHILD)));
        let (of_child, of_minor) = (told_of(true), told_of(false));
        told.retain(|t| !(t.0 == Whom::Children && of_child || t.0 == Whom::Minors && of_minor));
        told.sort_by_key(|t| t.0);
        told.truncate(PARTS);
        if told.is_empty() {
            return self.silent(2, "children");
        }
        let mut parts = Vec::new();
        let mut evidence = Vec::new();
        for (whom, asked, clause) in told {
            let age = if let Whom::Below(age) = whom { age.to_string() } else { String::new() };
            parts.extend(asked.key(whom).map(|key| self.messages.fill(key, &[("age", &age)])));
            evidence.push(clause);
            // Where another clause says up to which age.
            let defined = [&facts.child_age, &facts.minor_age].into_iter().flatten();
            let defined =
                defined.filter(|age| whom == Whom::Below(age.value) && below(self.text(clause)) != Some(age.value));
            evidence.extend(defined.filter_map(|age| age.clauses().first()));
        }
        let list = self.messages.join("list.semicolon", &parts);
        self.say(2, "children", "say.children", &[("parts", &list)], &evidence);
    }

    /// Whom a clause speaks of: those below an age that it names, children or minors, as old as the policy says elsewhere, or
    /// whom the clauses before it speak of.
    fn whom(&self, clause: usize, words: &Reading<'_>) -> Option<Whom> {
        let section = self.read.clauses.get(clause)?.section();
        let own = self.minors_of(clause, words);
        own.or_else(|| {
            let before = (clause.saturating_sub(BACK)..clause).rev();
            let near = before.filter(|at| self.read.clauses.get(*at).is_some_and(|c| c.section() == section));
            let mut near = near.map(|at| self.minors_of(at, &Reading::only(self.text(at), GROUPS)));
            if words.has(group!("card.guardian")) { near.find_map(|whom| whom) } else { None }
        })
    }

    /// Whom a clause names.
    fn minors_of(&self, clause: usize, words: &Reading<'_>) -> Option<Whom> {
        let facts = self.read.facts;
        let (child, minor) = (facts.child_age.as_ref(), facts.minor_age.as_ref());
        let defined = minor.filter(|age| age.value > CHILD);
        let text = self.text(clause);
        match () {
            () if below(text).is_some() => below(text).map(Whom::Below),
            // "You must have reached …" names the age of those who may.
            () if defined.is_some_and(|age| age.clauses().contains(&clause)) => {
                defined.map(|age| Whom::Below(age.value))
            }
            () if words.has(group!("age.minor")) => Some(defined.map_or(Whom::Minors, |age| Whom::Below(age.value))),
            () if words.has(group!("age.child")) => Some(child.map_or(Whom::Children, |age| Whom::Below(age.value))),
            () => words.has(group!("card.minors")).then_some(Whom::Minors),
        }
    }
}

/// What a clause asks of whom it speaks of. What is done where a consent is missing asks nothing.
fn asked(words: &Reading<'_>, whom: Whom) -> Option<Asked> {
    let has = |group: Group| words.has(group);
    let starts = |group: Group| words.of(group).first().map(Hit::start);
    let guardian = has(group!("card.guardian"));
    // "They shall agree and tell a guardian" is no guardian's consent.
    let agrees = words.of(group!("card.agree")).last().map(Hit::start);
    let consent = guardian && starts(group!("card.guardian")) < agrees;
    let undone = has(group!("card.undo"))
        || starts(group!("card.undo-data"))
            .is_some_and(|undo| starts(group!("card.agree")).is_none_or(|agree| undo < agree));
    // Where they may decide by themselves, nothing is asked.
    let alone = has(group!("card.self")) && whom > Whom::Below(CHILD);
    if consent && (undone || alone) {
        return None;
    }
    let advised = is_advised(words);
    let demands = [group!("card.must"), group!("card.only-after"), group!("card.ban")].into_iter().any(has);
    let aged = below(words.text).is_some();
    let guided = guardian && has(group!("card.guide"));
    Some(match () {
        () if consent && advised => Asked::AdvisedConsent,
        () if consent && (demands || aged) => Asked::Consent,
        () if guided && advised => Asked::Advice,
        () if guardian && has(group!("card.guide-reading")) && !has(group!("card.guide-using")) => Asked::Reading,
        () if guided => Asked::Guidance,
        () if ruled(words, whom) => Asked::Rules,
        () if has(group!("card.ban")) && !consent => Asked::Ban,
        () => return None,
    })
}

/// Whether a clause names rules that are made for whom it speaks of: "the Example Rules on Children's Information".
fn ruled(words: &Reading<'_>, whom: Whom) -> bool {
    let child = whom <= Whom::Below(CHILD) || whom == Whom::Children;
    let named = words.of(if child { group!("age.child") } else { group!("age.minor") });
    words.of(group!("card.rules")).iter().any(|rules| {
        let name =
            named.partition_point(|name| name.end() <= rules.start()).checked_sub(1).and_then(|at| named.get(at));
        name.is_some_and(|name| {
            let between = part(words.text, name.end(), rules.start());
            let other = has_char(between, |c| set!("card.rules", "other").contains(c));
            !other
                && count(between) <= TITLE
                && words.within(group!("card.guardian"), name.end(), rules.start()).is_empty()
        })
    })
}

/// Characters between the word for children and the one for rules in a title.
const TITLE: usize = 12;

/// Whether a clause advises: what it demands stands behind "we advise", if it demands anything. "We advise you to read it, and
/// use it only once they agree" demands.
fn is_advised(words: &Reading<'_>) -> bool {
    let start = |group: Group| words.of(group).first().map(Hit::start);
    let Some(advise) = start(group!("card.advise")) else { return false };
    let (_, end) = words.stretch(advise);
    start(group!("card.must")).is_none_or(|must| advise < must)
        && words.within(group!("card.only-after"), end, words.text.len()).is_empty()
}
