use jiff::Timestamp;

use super::{Store, StoreError};
use crate::rules::KlePlan;
use crate::store::engine::{self, params};

impl Store {
    /// A number that grows with each change of the plan; 0 when there never was one. Does not read the plan.
    ///
    /// # Errors
    ///
    /// The database cannot be read.
    pub fn kle_plan_revision(&self) -> Result<i64, StoreError> {
        Ok(self.connection().query_row("SELECT revision FROM kle_plan", [], |row| row.get(0))?)
    }

    /// The plan that was imported; `None` while only the built-in main groups are known.
    ///
    /// # Errors
    ///
    /// The database cannot be read, or what it holds is no plan.
    pub fn kle_plan(&self) -> Result<Option<KlePlan>, StoreError> {
        let row = |row: &engine::Row<'_>| Ok((row.get::<Option<String>>(0)?, row.get::<Option<String>>(1)?));
        let (published, entries) = self.connection().query_row("SELECT published, entries FROM kle_plan", [], row)?;
        let Some(entries) = entries else { return Ok(None) };
        let entries: Vec<(String, String)> = serde_json::from_str(&entries)
            .map_err(|error| self.damaged(format!("the KLE plan is not what was kept: {error}")))?;
        let mut plan = KlePlan::empty();
        plan.published = published.and_then(|day| day.parse().ok());
        for (number, title) in entries {
            if let Ok(number) = number.parse() {
                plan.add(number, &title);
            }
        }
        Ok(Some(plan))
    }

    /// Replaces the plan, and returns the new revision.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn save_kle_plan(&self, plan: &KlePlan) -> Result<i64, StoreError> {
        let entries: Vec<_> = plan.entries().map(|(number, title)| (number.to_string(), title)).collect();
        let entries = serde_json::to_string(&entries).unwrap_or_default();
        let published = plan.published.map(|day| day.to_string());
        self.replace_kle_plan(published.as_deref(), Some(&entries))
    }

    /// Goes back to the built-in main groups, and returns the new revision.
    ///
    /// # Errors
    ///
    /// The database refuses.
    pub fn forget_kle_plan(&self) -> Result<i64, StoreError> {
        self.replace_kle_plan(None, None)
    }

    fn replace_kle_plan(&self, published: Option<&str>, entries: Option<&str>) -> Result<i64, StoreError> {
        let imported_at = entries.is_some().then(|| Timestamp::now().to_string());
        let revision = "UPDATE kle_plan SET revision = revision + 1, published = ?1, imported_at = ?2, entries = ?3
                        RETURNING revision";
        let values = params![published, imported_at, entries];
        let mut connection = self.connection();
        let transaction = connection.transaction()?;
        let revision = transaction.query_row(revision, values, |row| row.get(0))?;
        self.place.commit(transaction)?;
        Ok(revision)
    }
}
