//! A member of the household as the form needs them: what was chosen, by the words of the profile.
//!
//! It reads what [`ecosante_domain::person::Person`] writes. The ordered sets of that type, compiled
//! once for each kind of word, would be an eighth of all that the window loads; lists of words do.

use ecosante_domain::person::PersonId;

use crate::wire::{Json, Read, Trouble, field, views};

/// A member of the household.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    pub(crate) id: PersonId,
    pub(crate) name: Option<String>,
    pub(crate) profile: Answers,
}

/// What the person has answered, as far as the form asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answers {
    pub(crate) age: Option<String>,
    pub(crate) pregnant: bool,
    pub(crate) conditions: Vec<String>,
    /// Each with its own level, where one was set.
    pub(crate) allergies: Vec<(String, Option<u8>)>,
    pub(crate) situation: Vec<String>,
    pub(crate) skin: Option<String>,
    pub(crate) activities: Vec<String>,
    pub(crate) transport: Vec<String>,
    pub(crate) heating: Vec<String>,
    pub(crate) smoking: bool,
    pub(crate) home: Vec<String>,
    pub(crate) treatment: Vec<String>,
    /// None: all of them.
    pub(crate) places: Option<Vec<i64>>,
}

impl Answers {
    /// The entries by which the shell makes the same of a profile. Those that say nothing are sent
    /// too: an empty value clears.
    pub(crate) fn entries(&self) -> Vec<(String, String)> {
        let with_level = |(word, level): &(String, Option<u8>)| match level {
            Some(level) => format!("{word}:{level}"),
            None => word.clone(),
        };
        let allergies: Vec<_> = self.allergies.iter().map(with_level).collect();
        let places = self.places.iter().flatten().map(i64::to_string).collect::<Vec<_>>();
        let yes = |it: bool| if it { "yes" } else { "" }.to_owned();
        let entries = [
            ("age", self.age.clone().unwrap_or_default()),
            ("pregnant", yes(self.pregnant)),
            ("conditions", self.conditions.join(",")),
            ("allergies", allergies.join(",")),
            ("situation", self.situation.join(",")),
            ("skin", self.skin.clone().unwrap_or_default()),
            ("activities", self.activities.join(",")),
            ("transport", self.transport.join(",")),
            ("heating", self.heating.join(",")),
            ("smoking", yes(self.smoking)),
            ("home", self.home.join(",")),
            ("treatment", self.treatment.join(",")),
            ("places", places.join(",")),
        ];
        entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }
}

views! {
    Member { id, name, profile }
}

impl Read for Answers {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        let allergies: Allergies = field(json, "allergies", trouble);
        Self {
            age: field(json, "age", trouble),
            pregnant: field(json, "pregnant", trouble),
            conditions: field(json, "conditions", trouble),
            allergies: allergies.0,
            situation: field(json, "situation", trouble),
            skin: field(json, "skin", trouble),
            activities: field(json, "activities", trouble),
            transport: field(json, "transport", trouble),
            heating: field(json, "heating", trouble),
            smoking: field(json, "smoking", trouble),
            home: field(json, "home", trouble),
            treatment: field(json, "treatment", trouble),
            places: field(json, "places", trouble),
        }
    }
}

/// Allergies with their levels, which the profile has as a map.
struct Allergies(Vec<(String, Option<u8>)>);

impl Read for Allergies {
    fn read(json: &Json, trouble: &Trouble) -> Self {
        let level = |(word, level): &(String, Json)| (word.clone(), Read::read(level, trouble));
        Self(json.entries().iter().map(level).collect())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::wire::tests::sent;
    use ecosante_domain::person::{PROFILE_KEYS, Person, Profile};

    /// The profile that entries make.
    pub(crate) fn profile(entries: &[(&str, &str)]) -> Profile {
        let mut profile = Profile::default();
        for (key, value) in entries {
            profile.set(key, value).expect("a right entry");
        }
        profile
    }

    /// What the window reads of a profile.
    pub(crate) fn answers(profile: &Profile) -> Answers {
        sent(profile).expect("answers")
    }

    #[test]
    fn what_the_shell_sends_is_read_and_sent_back_the_same() {
        let full = profile(&[
            ("age", "over65"),
            ("pregnant", "yes"),
            ("conditions", "asthma,heart"),
            ("allergies", "birch,grass:3,unknown:4"),
            ("situation", "isolated"),
            ("skin", "normal"),
            ("activities", "sport,outdoor-work"),
            ("transport", "bike,car"),
            ("heating", "wood"),
            ("smoking", "yes"),
            ("home", "garden,balcony"),
            ("treatment", "regular,photosensitising"),
            ("places", "1,3"),
        ]);
        let asked: Vec<_> = answers(&full).entries().into_iter().map(|(key, _)| key).collect();
        // No rule and no advice rests on the animals of a home: to ask would be idle.
        let needed: Vec<_> = PROFILE_KEYS.into_iter().filter(|key| *key != "pets").collect();
        assert_eq!(asked, needed, "the window asks for all that is of use");
        for profile in [full, Profile::default()] {
            let mut sent = Profile::default();
            for (key, value) in answers(&profile).entries() {
                sent.set(&key, &value).expect("an entry that Profile::set takes");
            }
            assert_eq!(sent, profile);
        }
    }

    #[test]
    fn a_person_is_read_as_they_are_sent() {
        let person = Person {
            id: PersonId(2),
            name: Some("Léa".to_owned()),
            profile: profile(&[("age", "child"), ("level.uv", "off"), ("pets", "cat")]),
        };
        let member: Member = sent(&person).expect("a member");
        assert_eq!(member.name, person.name);
        assert_eq!(member.profile.age.as_deref(), Some("child"));
    }
}
