//! Lists, a page at a time.

use serde::{Deserialize, Deserializer};

/// Which page of a list is wanted. By default the first, as long as WorkOS makes it.
#[derive(Clone, Debug, Default)]
pub struct PageRequest {
    limit: Option<String>,
    cursor: Option<Cursor>,
    order: Option<Order>,
}

#[derive(Clone, Debug)]
enum Cursor {
    Before(String),
    After(String),
}

/// In which order of their making the entries come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The oldest first.
    Ascending,
    /// The newest first.
    Descending,
}

impl PageRequest {
    /// At most so many entries. WorkOS takes 1 to 100.
    #[must_use]
    pub fn limit(mut self, entries: u8) -> Self {
        self.limit = Some(entries.to_string());
        self
    }

    /// What comes after the entry with this id.
    #[must_use]
    pub fn after(mut self, id: impl Into<String>) -> Self {
        self.cursor = Some(Cursor::After(id.into()));
        self
    }

    /// What comes before the entry with this id.
    #[must_use]
    pub fn before(mut self, id: impl Into<String>) -> Self {
        self.cursor = Some(Cursor::Before(id.into()));
        self
    }

    /// In this order; by default WorkOS's, which is the newest first.
    #[must_use]
    pub fn order(mut self, order: Order) -> Self {
        self.order = Some(order);
        self
    }

    pub(super) fn query(&self) -> impl Iterator<Item = (&str, &str)> {
        let limit = self.limit.as_deref().map(|limit| ("limit", limit));
        let cursor = self.cursor.as_ref().map(|cursor| match cursor {
            Cursor::Before(id) => ("before", &**id),
            Cursor::After(id) => ("after", &**id),
        });
        let order = self.order.map(|order| match order {
            Order::Ascending => ("order", "asc"),
            Order::Descending => ("order", "desc"),
        });
        [limit, cursor, order].into_iter().flatten()
    }
}

/// A page of a list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The entries.
    pub data: Vec<T>,
    /// The page before this one begins before this id; `None` on the first page.
    pub before: Option<String>,
    /// The page after this one begins after this id; `None` on the last page.
    pub after: Option<String>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(bound = "T: Deserialize<'de>")]
        struct Wire<T> {
            data: Vec<T>,
            #[serde(default)]
            list_metadata: Metadata,
        }
        #[derive(Default, Deserialize)]
        struct Metadata {
            before: Option<String>,
            after: Option<String>,
        }

        let Wire {
            data,
            list_metadata: Metadata { before, after },
        } = Wire::deserialize(from)?;
        Ok(Self {
            data,
            before,
            after,
        })
    }
}
