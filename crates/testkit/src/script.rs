//! Which request gets which answer.

use crate::{answer::Answer, http::Received};
use std::collections::VecDeque;

/// An answer for the requests that contain a text.
struct Rule {
    part: String,
    answer: Answer,
    is_met: bool,
}

impl Rule {
    fn new(part: &str, answer: Answer) -> Self {
        Self { part: part.to_owned(), answer, is_met: false }
    }
}

/// The instructions of a server. What is scripted for once goes before what holds always, and older instructions before newer ones.
pub(crate) struct Script {
    once: Vec<Rule>,
    always: Vec<Rule>,
    /// Rules that hold once a request with a text has come.
    later: Vec<(String, Rule)>,
    in_turn: VecDeque<Answer>,
    otherwise: Answer,
}

impl Script {
    pub(crate) fn new(otherwise: Answer) -> Self {
        let (once, always, later) = (Vec::new(), Vec::new(), Vec::new());
        Self { once, always, later, in_turn: VecDeque::new(), otherwise }
    }

    pub(crate) fn once(&mut self, part: &str, answer: Answer) {
        self.once.push(Rule::new(part, answer));
    }

    pub(crate) fn always(&mut self, part: &str, answer: Answer) {
        self.always.push(Rule::new(part, answer));
    }

    pub(crate) fn always_after(&mut self, first: &str, part: &str, answer: Answer) {
        self.later.push((first.to_owned(), Rule::new(part, answer)));
    }

    pub(crate) fn in_turn(&mut self, answers: impl IntoIterator<Item = Answer>) {
        self.in_turn = answers.into_iter().collect();
    }

    pub(crate) fn otherwise(&mut self, answer: Answer) {
        self.otherwise = answer;
    }

    /// The answer to a request, which begins what is to hold after it.
    pub(crate) fn answer_to(&mut self, request: &Received) -> Answer {
        let answer = self.chosen(request);
        let due = self.later.extract_if(.., |(first, _)| request.contains(first));
        self.always.extend(due.map(|(_, rule)| rule));
        answer
    }

    fn chosen(&mut self, request: &Received) -> Answer {
        if let Some(place) = self.once.iter().position(|rule| request.contains(&rule.part)) {
            return self.once.remove(place).answer;
        }
        if let Some(rule) = self.always.iter_mut().find(|rule| request.contains(&rule.part)) {
            rule.is_met = true;
            return rule.answer.clone();
        }
        match self.in_turn.len() {
            0 => self.otherwise.clone(),
            1 => self.in_turn[0].clone(),
            _ => self.in_turn.pop_front().unwrap(),
        }
    }

    /// Fails if an answer for once was never given: it was not tested, or hit the wrong request. A strict server is as strict
    /// with all others.
    pub(crate) fn assert_met(&self, is_strict: bool) {
        let mut unmet: Vec<&str> = self.once.iter().map(|rule| rule.part.as_str()).collect();
        if is_strict {
            unmet.extend(self.always.iter().filter(|rule| !rule.is_met).map(|rule| rule.part.as_str()));
            unmet.extend(self.later.iter().map(|(first, _)| first.as_str()));
        }
        assert!(unmet.is_empty(), "no request met the answers for {unmet:?}");
        assert!(self.in_turn.len() <= 1, "{} answers were not given", self.in_turn.len());
    }
}
