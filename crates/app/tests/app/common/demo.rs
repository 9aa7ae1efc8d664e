//! The portal's sample account of a Keygen-compatible service, connected.

use super::World;
use app::accounts::Login;
use license::{AccountId, Token};
use portal::{DEMO_EMAIL, DEMO_PASSWORD};

impl World {
    /// Connects the sample account with further fields, such as its public key, and fetches its licenses.
    pub(crate) async fn connect_demo(&self, further: &[(&str, &str)]) -> AccountId {
        self.portal().seed_demo().unwrap();
        let fields = [("vendor-account", "demo"), ("email", DEMO_EMAIL), ("confirm-host", "127.0.0.1")];
        let fields = fields.iter().chain(further);
        // Answers are signed for the host that was asked, which the network in between is not.
        let is_signed = further.iter().any(|(name, _)| *name == "public-key");
        let address = if is_signed { self.portal_address() } else { self.proxy.url() };
        let login = Login {
            provider: "aica".to_owned(),
            address,
            fields: fields.map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            secrets: [("password".to_owned(), Token::new(DEMO_PASSWORD.to_owned()))].into(),
        };
        let tested = app::accounts::test_login(&self.context, login).await.unwrap();
        let id = app::accounts::keep_account(&self.context, &tested.ticket, "cells").await.unwrap();
        app::refresh::refresh(&self.context, id).await.unwrap();
        id
    }
}
