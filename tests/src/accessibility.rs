//! The window's accessibility tree, read over AT-SPI as a screen reader does.

use std::collections::VecDeque;

use anyhow::Context;
use xtask::session::Session;
use zbus::{
    Connection,
    connection::Builder,
    proxy::{Builder as ProxyBuilder, CacheProperties},
    zvariant::OwnedObjectPath,
};

/// The interface of objects that have a text.
const TEXT: &str = "org.a11y.atspi.Text";

/// Far more than the window has, so that a circle in the tree ends.
const MOST: usize = 20_000;

/// A role of an object, by its number in AT-SPI's `AtspiRole`: the page's objects have no names of roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role(u32);

impl Role {
    /// A button.
    pub const BUTTON: Self = Self(43);
    /// A cell of a table.
    pub const CELL: Self = Self(56);
    /// A heading of a table's column.
    pub const COLUMN_HEADER: Self = Self(57);
    /// A picture, such as a badge.
    pub const IMAGE: Self = Self(27);
    /// A row of a table.
    pub const ROW: Self = Self(90);
}

/// An object of the tree with everything below it.
#[derive(Debug, Clone)]
pub struct Accessible {
    /// Its role.
    pub role: Role,
    /// Its name, as it is read aloud; empty where its text is read.
    pub name: String,
    /// Its own text, where it has any.
    pub text: String,
    /// What is inside it, in order.
    pub children: Vec<Accessible>,
}

impl Accessible {
    /// Reads the whole tree of the session's programs.
    pub async fn of(session: &Session) -> anyhow::Result<Self> {
        let own = Builder::address(session.bus_address().as_str())?.build().await?;
        let address: String = own
            .call_method(Some("org.a11y.Bus"), "/org/a11y/bus", Some("org.a11y.Bus"), "GetAddress", &())
            .await?
            .body()
            .deserialize()?;
        let bus = Builder::address(address.as_str())?.build().await?;
        let mut left = MOST;
        read(&bus, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", &mut left).await
    }

    /// Everything in the tree that has this role, from top to bottom.
    pub fn all(&self, role: Role) -> Vec<&Self> {
        let (mut found, mut waiting) = (Vec::new(), VecDeque::from([self]));
        while let Some(next) = waiting.pop_front() {
            if next.role == role {
                found.push(next);
            }
            for child in next.children.iter().rev() {
                waiting.push_front(child);
            }
        }
        found
    }

    /// The one thing of this role and name.
    pub fn named(&self, role: Role, name: &str) -> anyhow::Result<&Self> {
        let all = self.all(role);
        let names = || all.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(" | ");
        all.iter()
            .find(|one| one.name == name)
            .copied()
            .with_context(|| format!("no {role:?} is named “{name}”; these are: {}", names()))
    }
}

/// Reads one object and what is inside it.
async fn read(bus: &Connection, owner: &str, path: &str, left: &mut usize) -> anyhow::Result<Accessible> {
    *left = left.checked_sub(1).context("the accessibility tree does not end")?;
    let object: zbus::Proxy<'_> = ProxyBuilder::new(bus)
        .destination(owner.to_owned())?
        .path(path.to_owned())?
        .interface("org.a11y.atspi.Accessible")?
        .cache_properties(CacheProperties::No)
        .build()
        .await?;
    let role = Role(object.call("GetRole", &()).await?);
    let name: String = object.get_property("Name").await?;
    let interfaces: Vec<String> = object.call("GetInterfaces", &()).await?;
    let text = match interfaces.iter().any(|one| one == TEXT) {
        true => text_of(bus, owner, path).await?,
        false => String::new(),
    };
    let count: i32 = object.get_property("ChildCount").await?;
    let mut children = Vec::new();
    // `GetChildren` leaves out the page, which is another process's object.
    for index in 0..count {
        let (owner, path): (String, OwnedObjectPath) = object.call("GetChildAtIndex", &index).await?;
        if path.as_str() != "/org/a11y/atspi/null" {
            children.push(Box::pin(read(bus, &owner, path.as_str(), left)).await?);
        }
    }
    Ok(Accessible { role, name, text, children })
}

async fn text_of(bus: &Connection, owner: &str, path: &str) -> anyhow::Result<String> {
    let whole = bus.call_method(Some(owner), path, Some(TEXT), "GetText", &(0, -1)).await?;
    Ok(whole.body().deserialize()?)
}
