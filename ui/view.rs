//! The screens and their addresses.

use chrono::NaiveDate;
use ecosante_domain::decision::AlertId;
use ecosante_domain::metric::Metric;
use ecosante_domain::person::PersonId;
use ecosante_domain::place::PlaceId;

/// A screen; each has an address, so that "back" works as everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum View {
    #[default]
    Today,
    Alerts,
    Alert(AlertId),
    Index(PlaceId, Metric),
    History(PlaceId, Metric),
    People,
    Settings,
    Credits,
    /// Why somebody heard of something at a place on a day, or did not; without a day, today.
    Why(PlaceId, PersonId, Option<NaiveDate>),
    Diary,
    DiaryReport,
    Impact,
    /// What was sent to whom.
    Sent,
    Welcome(Step),
}

/// A step of the first run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Where,
    Who,
    Tell,
}

impl Step {
    pub(crate) const ALL: [Self; 3] = [Self::Where, Self::Who, Self::Tell];

    /// Which one it is, from 1.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Where => 1,
            Self::Who => 2,
            Self::Tell => 3,
        }
    }
}

impl View {
    /// Its address.
    pub(crate) fn address(self) -> String {
        match self {
            Self::Today => "#/".to_owned(),
            Self::Alerts => "#/alerts".to_owned(),
            Self::Alert(id) => format!("#/alerts/{}", id.0),
            Self::Index(place, metric) => format!("#/places/{}/{metric}", place.0),
            Self::History(place, metric) => format!("#/history/{}/{metric}", place.0),
            Self::People => "#/people".to_owned(),
            Self::Settings => "#/settings".to_owned(),
            Self::Credits => "#/credits".to_owned(),
            Self::Why(place, person, None) => format!("#/why/{}/{}", place.0, person.0),
            Self::Why(place, person, Some(date)) => {
                format!("#/why/{}/{}/{date}", place.0, person.0)
            }
            Self::Diary => "#/diary".to_owned(),
            Self::DiaryReport => "#/diary/report".to_owned(),
            Self::Impact => "#/impact".to_owned(),
            Self::Sent => "#/sent".to_owned(),
            Self::Welcome(step) => format!("#/welcome/{}", step.number()),
        }
    }

    /// The screen at an address.
    pub(crate) fn at(address: &str) -> Option<Self> {
        let path = address.strip_prefix("#/")?;
        match path.split_once('/') {
            None => match path {
                "" => Some(Self::Today),
                "alerts" => Some(Self::Alerts),
                "people" => Some(Self::People),
                "settings" => Some(Self::Settings),
                "credits" => Some(Self::Credits),
                "diary" => Some(Self::Diary),
                "impact" => Some(Self::Impact),
                "sent" => Some(Self::Sent),
                _ => None,
            },
            Some(("diary", "report")) => Some(Self::DiaryReport),
            Some(("alerts", id)) => id.parse().ok().map(|id| Self::Alert(AlertId(id))),
            Some((screen @ ("places" | "history"), index)) => {
                let (place, metric) = index.split_once('/')?;
                let (place, metric) = (PlaceId(place.parse().ok()?), metric.parse().ok()?);
                let is_index = screen == "places";
                Some(if is_index { Self::Index } else { Self::History }(place, metric))
            }
            Some(("why", day)) => {
                let mut parts = day.split('/');
                let place = PlaceId(parts.next()?.parse().ok()?);
                let person = PersonId(parts.next()?.parse().ok()?);
                let date = match parts.next() {
                    Some(date) => Some(date_of(date)?),
                    None => None,
                };
                parts.next().is_none().then_some(Self::Why(place, person, date))
            }
            Some(("welcome", number)) => {
                let number: u8 = number.parse().ok()?;
                Step::ALL.into_iter().find(|step| step.number() == number).map(Self::Welcome)
            }
            Some(_) => None,
        }
    }
}

/// The date of `2026-09-08`: what else chrono reads would be more than a screen.
pub(crate) fn date_of(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ecosante_domain::metric::Pollutant;

    #[test]
    fn every_screen_is_found_at_its_address() {
        let views = [
            View::Today,
            View::Alerts,
            View::Alert(AlertId(12)),
            View::Index(PlaceId(3), Metric::AirOf(Pollutant::O3)),
            View::History(PlaceId(3), Metric::Uv),
            View::People,
            View::Settings,
            View::Credits,
            View::Why(PlaceId(3), PersonId(2), None),
            View::Why(PlaceId(3), PersonId(2), NaiveDate::from_ymd_opt(2026, 2, 28)),
            View::Diary,
            View::DiaryReport,
            View::Impact,
            View::Sent,
        ];
        for view in views.into_iter().chain(Step::ALL.map(View::Welcome)) {
            assert_eq!(View::at(&view.address()), Some(view));
        }
        for address in [
            "#main",
            "#/elsewhere",
            "#/alerts/x",
            "#/places/1",
            "#/history/1",
            "#/diary/elsewhere",
            "#/places/x/air",
            "#/places/1/noise",
            "#/welcome/4",
            "#/why/1",
            "#/why/1/2/2026-02-30",
            "#/why/1/2/2026-02-03/4",
            "",
        ] {
            assert_eq!(View::at(address), None, "{address}");
        }
    }
}
