//! A person's own key to the interfaces of Météo-France, kept in the keychain of the system and
//! nowhere else: never in the data file, never in a file of its own.
//!
//! The keychain is the Keychain on macOS, the Credential Manager on Windows and the secret service
//! on Linux; on Android there is none that this app can use. Every function waits for the system,
//! which may ask the person for a password: call it through `tokio::task::spawn_blocking`.

/// Why the keychain cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// There is none, it stays locked, or it refuses.
    #[error("the keychain cannot be used: {why}")]
    Unavailable {
        /// What the system says, for the log.
        why: String,
    },
}

impl KeychainError {
    /// The stable name of the failure, as of other errors.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "keychain"
    }
}

/// The key, where one is kept.
///
/// # Errors
/// Where the keychain cannot be used.
pub fn meteo_france_key() -> Result<Option<String>, KeychainError> {
    system::read(METEO_FRANCE)
}

/// Keeps a key in the place of any other, without its white space. One that is then empty is none:
/// what was kept is removed.
///
/// # Errors
/// Where the keychain cannot be used.
pub fn save_meteo_france_key(key: &str) -> Result<(), KeychainError> {
    let key: String = key.split_whitespace().collect();
    if key.is_empty() { system::remove(METEO_FRANCE) } else { system::write(METEO_FRANCE, &key) }
}

/// Removes the key, if there is one.
///
/// # Errors
/// Where the keychain cannot be used.
pub fn remove_meteo_france_key() -> Result<(), KeychainError> {
    system::remove(METEO_FRANCE)
}

/// The name of the entry.
const METEO_FRANCE: &str = "meteo-france";

#[cfg(not(target_os = "android"))]
mod system {
    use keyring::{Entry, Error, Result};

    use super::KeychainError;

    /// Under whose name the entries are: the identifier of the app.
    const SERVICE: &str = "org.ecosante.app";

    pub(super) fn read(name: &str) -> std::result::Result<Option<String>, KeychainError> {
        Ok(present(Entry::new(SERVICE, name).and_then(|entry| entry.get_password()))?)
    }

    pub(super) fn write(name: &str, secret: &str) -> std::result::Result<(), KeychainError> {
        Ok(Entry::new(SERVICE, name).and_then(|entry| entry.set_password(secret))?)
    }

    pub(super) fn remove(name: &str) -> std::result::Result<(), KeychainError> {
        present(Entry::new(SERVICE, name).and_then(|entry| entry.delete_credential()))?;
        Ok(())
    }

    /// That there is no entry is an answer.
    fn present<T>(answer: Result<T>) -> Result<Option<T>> {
        match answer {
            Ok(value) => Ok(Some(value)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        }
    }

    impl From<Error> for KeychainError {
        fn from(error: Error) -> Self {
            // That there is no store says nothing of why.
            if let (Error::NoDefaultStore, Err(why)) = (&error, Entry::store_status()) {
                return Self::Unavailable { why: why.to_string() };
            }
            // Some errors carry what was read, which their text leaves out.
            Self::Unavailable { why: error.to_string() }
        }
    }
}

#[cfg(target_os = "android")]
mod system {
    use super::KeychainError;

    fn none() -> KeychainError {
        KeychainError::Unavailable { why: "no keychain on this system".to_owned() }
    }

    pub(super) fn read(_name: &str) -> Result<Option<String>, KeychainError> {
        Err(none())
    }

    pub(super) fn write(_name: &str, _secret: &str) -> Result<(), KeychainError> {
        Err(none())
    }

    pub(super) fn remove(_name: &str) -> Result<(), KeychainError> {
        Err(none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_kept_until_it_is_removed() {
        // No secret service runs where the tests usually do. A key of the machine's owner is not
        // touched: the entry has a name of its own.
        if std::env::var_os("ECOSANTE_TEST_KEYCHAIN").is_none() {
            return;
        }
        let name = "test";
        assert_eq!(system::remove(name), Ok(()));
        assert_eq!(system::read(name), Ok(None));
        assert_eq!(system::write(name, "first"), Ok(()));
        assert_eq!(system::write(name, "second"), Ok(()));
        assert_eq!(system::read(name), Ok(Some("second".to_owned())));
        assert_eq!(system::remove(name), Ok(()));
        assert_eq!(system::read(name), Ok(None));
        assert_eq!(system::remove(name), Ok(()), "there is nothing more to remove");
    }

    #[test]
    fn every_failure_has_the_code_of_the_keychain() {
        let error = KeychainError::Unavailable { why: "locked".to_owned() };
        assert_eq!(error.code(), "keychain");
    }
}
