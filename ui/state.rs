//! What the window remembers while it is open: where the person is, and what they picked.

use std::rc::Rc;

use chrono::NaiveDate;
use ecosante_domain::contract::ErrorBody;
use ecosante_domain::decision::AlertId;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;
use ecosante_domain::window::{Answer, Overview, PlaceToday, RefreshProgress, STARTING, Zoom};
use yew::prelude::*;

use crate::bridge::Reply;
use crate::content::{Content, sentence};
use crate::local::Shared;
pub(crate) use crate::view::{Step, View, date_of};
use crate::words::Words;

/// An hour of the band, by the number of its day and its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Picked {
    pub(crate) day: usize,
    pub(crate) hour: usize,
}

/// What of the past is looked at, beside place and index.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Looked {
    pub(crate) zoom: Zoom,
    /// A day of the period that is shown; none: the present one.
    pub(crate) period: Option<NaiveDate>,
    /// The chosen day; none: today, or that of `period`.
    pub(crate) at: Option<NaiveDate>,
    pub(crate) hour: Option<u8>,
    pub(crate) with: Option<String>,
}

/// What the window remembers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct State {
    pub(crate) view: View,
    pub(crate) overview: Content<Shared<Overview>>,
    /// Why the overview that is shown could not be asked again.
    pub(crate) not_renewed: Option<ErrorBody>,
    /// How often something has changed in the store; what depends on it asks again.
    pub(crate) changes: u32,
    pub(crate) place: Option<PlaceId>,
    pub(crate) person: Option<PersonId>,
    /// The hour of the band that was chosen; none: the present one, also as time goes on.
    pub(crate) picked: Option<Picked>,
    pub(crate) looked: Looked,
    /// How far the refresh is; what came of the last one until the next begins.
    pub(crate) asking: Option<RefreshProgress>,
    /// Why the last refresh did not begin.
    pub(crate) refused: Option<ErrorBody>,
    /// How many alerts have begun since the overview before.
    pub(crate) new_alerts: usize,
    /// Who last said what came of which piece of advice, and the answer to it.
    pub(crate) heard: Option<(PersonId, String, String)>,
}

impl State {
    pub(crate) fn new(view: View) -> Self {
        Self {
            view,
            overview: Content::Pending,
            not_renewed: None,
            changes: 0,
            place: None,
            person: None,
            picked: None,
            looked: Looked::default(),
            asking: None,
            refused: None,
            new_alerts: 0,
            heard: None,
        }
    }

    /// The chosen place; the first until one is chosen.
    pub(crate) fn place<'a>(&self, overview: &'a Overview) -> Option<&'a PlaceToday> {
        let chosen = overview.places.iter().find(|place| Some(place.id) == self.place);
        chosen.or_else(|| overview.places.first())
    }

    /// The person whose day is shown: the one chosen, else whoever has the worst.
    pub(crate) fn answer<'a>(&self, place: &'a PlaceToday) -> Option<&'a Answer> {
        let chosen = place.people.iter().find(|answer| Some(answer.person) == self.person);
        chosen.or_else(|| place.people.first())
    }

    /// The hour that was picked, wherever its day stands in a newer overview.
    fn still_picked(&self, newer: &Overview) -> Option<Picked> {
        let picked = self.picked?;
        let before = self.place(self.overview.ready()?)?;
        let after = self.place(newer).filter(|after| after.id == before.id)?;
        let date = &before.days.get(picked.day)?.date;
        let day = after.days.iter().position(|day| day.date == *date)?;
        Some(Picked { day, ..picked })
    }

    /// Why the last refresh did not begin, or what came of it.
    pub(crate) fn outcome(&self, words: &Words) -> Option<String> {
        match &self.refused {
            Some(error) => Some(sentence(words, error)),
            None => self.asking.as_ref()?.outcome.clone(),
        }
    }

    pub(crate) fn is_refreshing(&self, overview: &Overview) -> bool {
        self.asking.as_ref().map_or(overview.refreshing, |asking| asking.running)
    }
}

/// What can happen to the window.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    Go(View),
    Overview(Reply<Overview>),
    Changed,
    Place(PlaceId),
    Person(PersonId),
    Pick(Picked),
    Look(Looked),
    Asking(RefreshProgress),
    Refused(Option<ErrorBody>),
    Heard(PersonId, String, String),
    /// What failed is asked again.
    Again,
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = (*self).clone();
        match action {
            Action::Go(view) => next.view = view,
            Action::Overview(Ok(overview)) => {
                let first = next.overview.ready().is_none();
                if first && overview.places.is_empty() && !matches!(next.view, View::Welcome(_)) {
                    next.view = View::Welcome(Step::Where);
                }
                next.new_alerts =
                    next.overview.ready().map_or(0, |before| new_alerts(before, &overview));
                next.picked = next.still_picked(&overview);
                next.overview = Content::Ready(Shared::new(overview));
                next.not_renewed = None;
            }
            Action::Overview(Err(error)) => {
                let shown = next.overview.ready().is_some();
                if shown && passes(&error) {
                    next.not_renewed = Some(error);
                } else if error.code != STARTING {
                    next.overview = Content::Failed(error);
                    next.not_renewed = None;
                }
            }
            Action::Changed => next.changes += 1,
            Action::Place(place) => {
                next.place = Some(place);
                next.picked = None;
            }
            Action::Person(person) => next.person = Some(person),
            Action::Pick(picked) => next.picked = Some(picked),
            Action::Look(looked) => next.looked = looked,
            Action::Asking(mut asking) => {
                if asking.running {
                    next.refused = None;
                } else if asking.outcome.is_none() {
                    // Nobody was asked: what came of the last refresh still holds.
                    asking.outcome = next.asking.and_then(|before| before.outcome);
                }
                next.asking = Some(asking);
            }
            Action::Refused(refused) => next.refused = refused,
            Action::Heard(person, advice, said) => next.heard = Some((person, advice, said)),
            Action::Again => {
                next.overview = Content::Pending;
                next.changes += 1;
            }
        }
        Rc::new(next)
    }
}

/// Whether an error says nothing against what is shown: all do, except that the data file cannot
/// be used.
fn passes(error: &ErrorBody) -> bool {
    !error.code.starts_with("store-")
        || matches!(error.code.as_str(), "store-busy" | "store-disk-full")
}

fn new_alerts(before: &Overview, after: &Overview) -> usize {
    let alerts = |overview: &Overview| -> Vec<AlertId> {
        let answers = overview.places.iter().flat_map(|place| &place.people);
        answers.flat_map(|answer| answer.alerts.iter().copied()).collect()
    };
    let known = alerts(before);
    alerts(after).iter().filter(|alert| !known.contains(alert)).count()
}

/// The window's memory, and the way to change it.
pub(crate) type Window = UseReducerHandle<State>;

/// Asks for everything again, as when something has changed.
pub(crate) fn again(window: &Window) -> Callback<()> {
    let dispatch = window.dispatcher();
    Callback::from(move |()| dispatch.dispatch(Action::Changed))
}

/// The memory, in a part of the window.
#[hook]
pub(crate) fn use_window() -> Window {
    use_context().expect("App provides the window to all its parts")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{error, overview};

    fn shown() -> Rc<State> {
        Rc::new(State::new(View::Today)).reduce(Action::Overview(Ok(overview())))
    }

    #[test]
    fn an_error_that_passes_leaves_the_overview_and_is_gone_with_the_next() {
        for code in ["store-busy", "store-disk-full", "bridge"] {
            let state = shown().reduce(Action::Overview(Err(error(code))));
            assert!(state.overview.ready().is_some(), "{code}");
            assert_eq!(state.not_renewed, Some(error(code)));
            assert_eq!(state.reduce(Action::Overview(Ok(overview()))).not_renewed, None);
        }
    }

    #[test]
    fn a_data_file_that_cannot_be_used_takes_the_screen() {
        for kind in ["newer", "set-aside", "damaged", "not-writable", "unreadable"] {
            let error = error(&format!("store-{kind}"));
            let state = shown().reduce(Action::Overview(Err(error.clone())));
            assert_eq!(state.overview, Content::Failed(error));
        }
    }

    #[test]
    fn a_shell_that_is_starting_is_waited_for() {
        let starting = || Action::Overview(Err(error(STARTING)));
        let state = Rc::new(State::new(View::Today)).reduce(starting());
        assert_eq!(state.overview, Content::Pending);
        assert!(shown().reduce(starting()).overview.ready().is_some());
    }

    #[test]
    fn what_came_of_a_refresh_is_kept_until_the_next_begins() {
        let asking = |running, outcome: Option<&str>| {
            let outcome = outcome.map(str::to_owned);
            Action::Asking(RefreshProgress { running, asking: None, outcome })
        };
        let outcome = |state: &State| state.asking.clone().and_then(|asking| asking.outcome);
        let state = shown().reduce(asking(false, Some("Nothing new."))).reduce(asking(false, None));
        assert_eq!(outcome(&state).as_deref(), Some("Nothing new."));
        assert_eq!(outcome(&state.reduce(asking(true, None))), None);
    }

    #[test]
    fn without_a_place_the_first_run_begins_and_a_second_answer_does_not_begin_it_anew() {
        let mut empty = overview();
        empty.places.clear();
        let state = Rc::new(State::new(View::Today)).reduce(Action::Overview(Ok(empty.clone())));
        assert_eq!(state.view, View::Welcome(Step::Where));
        let state = state.reduce(Action::Go(View::Welcome(Step::Who)));
        let state = state.reduce(Action::Overview(Ok(empty)));
        assert_eq!(state.view, View::Welcome(Step::Who));
    }

    #[test]
    fn a_newer_overview_leaves_what_was_picked_alone() {
        let state = shown();
        let picked = Picked { day: 1, hour: 14 };
        let state = state.reduce(Action::Pick(picked)).reduce(Action::Overview(Ok(overview())));
        assert_eq!(state.picked, Some(picked));
    }

    #[test]
    fn what_was_picked_of_a_day_that_is_over_is_forgotten() {
        let state = shown();
        let picked = |day| {
            let state = state.clone().reduce(Action::Pick(Picked { day, hour: 14 }));
            let mut tomorrow = overview();
            tomorrow.places[0].days.remove(0);
            state.reduce(Action::Overview(Ok(tomorrow))).picked
        };
        assert_eq!(picked(0), None);
        assert_eq!(picked(1), Some(Picked { day: 0, hour: 14 }));
    }

    #[test]
    fn only_alerts_that_were_not_there_before_are_new() {
        let before = overview();
        let mut after = before.clone();
        after.places[0].people[0].alerts.push(AlertId(99));
        let state = Rc::new(State::new(View::Today)).reduce(Action::Overview(Ok(before)));
        assert_eq!(state.new_alerts, 0);
        assert_eq!(state.reduce(Action::Overview(Ok(after))).new_alerts, 1);
    }

    #[test]
    fn whoever_has_the_worst_is_shown_until_somebody_is_chosen() {
        let overview = overview();
        let place = &overview.places[0];
        let mut state = State::new(View::Today);
        assert_eq!(state.answer(place).map(|a| a.person), Some(place.people[0].person));
        state.person = Some(place.people[1].person);
        assert_eq!(state.answer(place).map(|a| a.person), Some(place.people[1].person));
    }
}
