//! Ages and clauses on minors → the card's line: what is asked of whom, with an age or without.

use super::Card;
use crate::facts::Facts;
use crate::lexicon::reading::{Reading, has_word};
use crate::lexicon::{Group, group};
use crate::text::Evidenced;

/// What a clause asks of minors.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Rules of their own apply.
    Rules,
    /// A guardian is advised.
    Advice,
    /// A guardian must agree.
    Consent,
    /// A guardian must guide.
    Guidance,
    /// A guardian must read along.
    Reading,
    /// They must not use it.
    Ban,
    /// Something.
    Some,
}

impl Asked {
    /// The sentence that says so of an age.
    const fn key(self) -> &'static str {
        match self {
            Self::Rules => "say.children.rules",
            Self::Advice => "say.children.advise",
            Self::Consent => "say.children.consent",
            Self::Guidance => "say.children.guide",
            Self::Reading => "say.children.read",
            Self::Ban => "say.children.ban",
            Self::Some => "say.children.some",
        }
    }

    /// The one that says so of minors, where no age is told.
    const fn any(self) -> Option<&'static str> {
        match self {
            Self::Consent => Some("say.children.consent.any"),
            Self::Ban => Some("say.children.ban.any"),
            _ => None,
        }
    }
}

impl Card<'_> {
    /// What is asked of whom below which age, as far as the clauses that speak of minors say.
    pub(super) fn children(&mut self) {
        let facts = self.read.facts;
        let mut ages = vec![facts.child_age.as_ref(), facts.minor_age.as_ref()];
        ages.retain(Option::is_some);
        let mut parts: Vec<String> = Vec::new();
        let mut evidence = Vec::new();
        let mut told: Vec<u32> = Vec::new();
        for age in ages.into_iter().flatten() {
            let Some(asked) = self.asked(facts, age).filter(|_| !told.contains(&age.value)) else { continue };
            // A clause of its own may say what the one with the age leaves open.
            let rule = self.rule(Some(age.value)).filter(|_| asked == Asked::Some);
            told.push(age.value);
            let key = rule.map_or(asked, |rule| rule.0).key();
            parts.push(self.messages.fill(key, &[("age", &age.value.to_string())]));
            evidence.extend(rule.map(|rule| rule.1));
            evidence.extend_from_slice(age.clauses());
        }
        if parts.is_empty() {
            let rule = self.rule(None).and_then(|(asked, clause)| Some((asked.any()?, clause)));
            let Some((key, clause)) = rule else { return self.silent(2, "children") };
            parts.push(self.messages.fill(key, &[]));
            evidence.push(clause);
        }
        let list = self.messages.join("list.semicolon", &parts);
        self.say(2, "children", "say.children", &[("parts", &list)], &evidence);
    }

    /// What the clauses that name an age ask of those below it; nothing where they may decide by themselves.
    fn asked(&self, facts: &Facts, age: &Evidenced<u32>) -> Option<Asked> {
        let has = |group| age.clauses().iter().any(|c| has_word(self.text(*c), group));
        let both = facts.child_age.as_ref().is_some_and(|child| child.value < age.value);
        // 'All minors, above all those below …': the age is no limit.
        if both && has(group!("card.self")) || has(group!("card.above-all")) {
            return None;
        }
        let rules = !both && has(group!("card.child-rules"));
        let guardian = has(group!("card.guardian"));
        let advice = age.clauses().iter().any(|c| self.advises(*c));
        Some(match () {
            () if rules && !has(group!("card.guide")) => Asked::Rules,
            () if guardian && advice && (has(group!("card.agree")) || has(group!("card.guide"))) => Asked::Advice,
            () if guardian && has(group!("card.agree")) => Asked::Consent,
            () if guardian && has(group!("card.guide-reading")) && !has(group!("card.guide-using")) => Asked::Reading,
            () if guardian && has(group!("card.guide")) => Asked::Guidance,
            // Whose information counts as sensitive is no rule for minors.
            () if has(group!("card.sensitive")) => return None,
            () if has(group!("card.ban")) => Asked::Ban,
            () => Asked::Some,
        })
    }

    /// Whether a clause advises: what it demands stands behind "we advise", if it demands anything.
    fn advises(&self, clause: usize) -> bool {
        let words = Reading::only(self.text(clause), [group!("card.advise"), group!("card.must")]);
        let starts = |group: Group| words.of(group).first().map(crate::lexicon::Hit::start);
        starts(group!("card.advise")).is_some_and(|advise| starts(group!("card.must")).is_none_or(|must| advise < must))
    }

    /// What a clause that names minors, or children where the age is theirs, demands of them: a guardian's consent, or not to
    /// use the product. What is done if it is missing demands nothing.
    fn rule(&self, age: Option<u32>) -> Option<(Asked, usize)> {
        self.read.subjects.of("children").iter().find_map(|clause| {
            let words = Reading::new(self.text(*clause));
            let theirs = match age {
                Some(age) if age > 14 => words.has(group!("age.minor")),
                Some(_) => words.has(group!("card.minors")),
                // A clause with an age says more than we do without.
                None => words.has(group!("card.minors")) && !words.has(group!("age.unit")),
            };
            // What is undone before a consent is spoken of is undone for want of it.
            let starts = |group: Group| words.of(group).first().map(crate::lexicon::Hit::start);
            let undone = starts(group!("card.undo-data"))
                .is_some_and(|undo| starts(group!("card.agree")).is_none_or(|agree| undo < agree));
            if !theirs || undone || words.has(group!("card.undo")) || self.advises(*clause) {
                return None;
            }
            let demands = [group!("card.must"), group!("card.only-after"), group!("card.ban")];
            let demands = demands.into_iter().any(|group| words.has(group));
            if demands && words.has(group!("card.guardian")) && words.has(group!("card.agree")) {
                return Some((Asked::Consent, *clause));
            }
            words.has(group!("card.ban")).then_some((Asked::Ban, *clause))
        })
    }
}
