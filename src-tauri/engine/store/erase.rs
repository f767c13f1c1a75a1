//! Everything deleted, for good.

use std::path::PathBuf;

use rusqlite::TransactionBehavior;

use super::{FILE_NAME, Result, Store, named};

impl Store {
    /// Deletes everything: what was stored is overwritten, in the file and in its log, and the file
    /// is then as a new one. Other processes that have it open go on with the empty one.
    ///
    /// Of notifications that the system was handed ahead of their time the numbers stay, without a
    /// word, so that they can be taken back.
    ///
    /// # Errors
    /// When the file cannot be written; then nothing is deleted, unless only what follows failed:
    /// taking the room back from the emptied file.
    pub fn erase(&mut self) -> Result<()> {
        let connection = &mut self.connection;
        let mut whole = || -> Result<()> {
            connection.execute_batch("PRAGMA secure_delete = ON;")?;
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let tables: Vec<String> = transaction
                .prepare(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'planned'
                       AND (name NOT LIKE 'sqlite%' OR name = 'sqlite_sequence')",
                )?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            // One may refer to another that goes first; in the end none refers to anything.
            transaction.execute_batch("PRAGMA defer_foreign_keys = ON;")?;
            for table in tables {
                transaction.execute(&format!("DELETE FROM \"{table}\""), [])?;
            }
            transaction.execute("UPDATE planned SET title = '', body = ''", [])?;
            transaction.execute(
                "INSERT INTO person (name, profile, added_at) VALUES (NULL, '{}', 0)",
                [],
            )?;
            transaction.commit()?;
            // The log still has what was deleted, until it is begun anew.
            let emptied = "PRAGMA wal_checkpoint(TRUNCATE); VACUUM;
                           PRAGMA wal_checkpoint(TRUNCATE);";
            connection.execute_batch(emptied)?;
            connection.execute_batch("PRAGMA secure_delete = OFF;")?;
            Ok(())
        };
        whole().map_err(|error| named(error, &self.path))
    }

    /// The damaged files that were set aside beside the data file.
    #[must_use]
    pub fn files_set_aside(&self) -> Vec<PathBuf> {
        let Some(folder) = self.path.parent() else { return Vec::new() };
        let begins = format!("{FILE_NAME}.damaged-");
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter(|file| file.file_name().to_string_lossy().starts_with(&begins))
            .map(|file| file.path())
            .collect();
        files.sort();
        files
    }
}
