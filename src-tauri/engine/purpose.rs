//! What a question to a producer is for, and what is in it about places or the person.

/// Words with a name in the store and in what is exported.
macro_rules! named {
    ($(#[$doc:meta])* $kind:ident { $($(#[$about:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $kind {
            $($(#[$about])* $variant),+
        }

        impl $kind {
            /// Every one of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

named! {
    /// What a question is asked for.
    Purpose {
        /// The ATMO index.
        AirIndex = "air-index",
        /// The ATMO index of the past.
        AirHistory = "air-history",
        /// The pollen index.
        Pollen = "pollen",
        /// Pollution episodes.
        Episodes = "episodes",
        /// Air and pollen by the hour.
        AirByTheHour = "air-by-the-hour",
        /// UV and apparent temperature.
        Weather = "weather",
        /// The weather vigilance.
        Vigilance = "vigilance",
        /// Drinking water.
        Water = "water",
        /// Radon.
        Radon = "radon",
        /// Where a commune lies.
        WhereCommune = "where-commune",
        /// The commune in which a point lies.
        CommuneOfPoint = "commune-of-point",
        /// The time zone of a point.
        TimeZone = "time-zone",
        /// A place of the world.
        PlaceSearch = "place-search",
        /// A French address.
        AddressSearch = "address-search",
        /// What a relay has of several producers.
        Relay = "relay",
    }
}

named! {
    /// What is in a question about places or the person.
    Part {
        /// INSEE codes of communes and SIREN of groups of communes.
        Zones = "zones",
        /// INSEE codes of communes.
        Communes = "communes",
        /// Domains of the vigilance: départements and coasts.
        Domains = "domains",
        /// Latitude and longitude, rounded to 0.1°.
        Cells = "cells",
        /// West, south, east and north of a square around such a point.
        Area = "area",
        /// Latitude and longitude, rounded to 0.001°.
        Point = "point",
        /// What was typed.
        Words = "words",
        /// The language of the answer.
        Language = "language",
        /// The person's own key; never its value.
        OwnKey = "own-key",
    }
}

/// What was in a request about places or the person: the kind of each part, with its values as they
/// were sent.
pub type Carried = Vec<(String, Vec<String>)>;
