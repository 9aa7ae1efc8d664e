//! An instance whose certificate is from a private authority: trusted for one account, by its PEM file.

use std::sync::Arc;

use journeys::{Hand, Window};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, pki_types::PrivateKeyDer},
};

use crate::world::{PASSWORD, World};

/// Ends the encryption before a server; runs as long as the journey. Answers its address and the authority's certificate.
async fn encrypted(upstream: &str) -> anyhow::Result<(String, String)> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate()?;
    let authority = params.self_signed(&authority_key)?.pem();
    let key = KeyPair::generate()?;
    let own = CertificateParams::new(vec!["localhost".to_owned()])?;
    let certificate = own.signed_by(&key, &Issuer::new(params, authority_key))?;
    let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(anyhow::Error::msg)?;
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    let (acceptor, listener) = (TlsAcceptor::from(Arc::new(config)), TcpListener::bind("127.0.0.1:0").await?);
    let address = format!("https://localhost:{}", listener.local_addr()?.port());
    let upstream = upstream.to_owned();
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let (acceptor, upstream) = (acceptor.clone(), upstream.clone());
            // A client that trusts nobody here breaks off by itself.
            tokio::spawn(async move {
                let mut near = acceptor.accept(connection).await?;
                let mut far = TcpStream::connect(upstream).await?;
                tokio::io::copy_bidirectional(&mut near, &mut far).await
            });
        }
    });
    Ok((address, authority))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_authority_is_trusted_for_the_account_that_names_its_file() -> anyhow::Result<()> {
    let world = World::new()?;
    let between = journeys::FaultServer::before(world.portal.address())?;
    let address = between.url().replace("http://", "");
    let (url, authority) = encrypted(&address).await?;
    let file = world.session.home().join("authority.pem");
    xtask::repository::write(&file, authority.as_bytes())?;
    let window = Window::open(&world.session, &[]).await?;
    let hand = Hand::at(&window);

    hand.click("setup-card-dashboard").await?;
    window.fill("setup-field-url", &format!("{url}/instances/play")).await?;
    hand.paste("setup-field-password", PASSWORD).await?;
    hand.click("setup-test").await?;
    window.shows("not trusted on this computer").await?;
    assert_eq!(between.received(), [], "the password goes to nobody whom it does not know");
    window.fill("setup-field-ca-file", &file.display().to_string()).await?;
    hand.click("setup-test").await?;
    hand.attribute("setup-test-result", "data-result", "good").await?;
    std::fs::remove_file(&file)?;
    window.fill("setup-account-name", "play").await?;
    hand.click("setup-next").await?;
    window.find("setup-file-none").await?;
    let asked = between.received().len();
    world.licet(&["refresh", "--account", "play"])?;
    assert!(between.received().len() > asked, "the file may go: its text is kept");
    window.close().await
}
