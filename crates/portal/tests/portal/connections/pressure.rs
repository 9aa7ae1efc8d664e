//! Clients that stall, on purpose or not, and more clients than the portal serves at a time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpSocket, TcpStream};
use tokio::sync::Barrier;
use tokio::time::timeout;

use crate::harness::{Local, Server, issue_token};
use crate::raw::Raw;

/// More than three times as many as the portal serves at a time.
const MANY: usize = 200;

/// Within this time a client is answered behind [`MANY`] stalled ones. Their own time limits would take
/// longer: 7 seconds for each 64.
const DEADLINE: Duration = Duration::from_secs(15);

/// Asks over a new connection whether the portal answers.
async fn answers(address: SocketAddr) -> bool {
    let asked = timeout(DEADLINE, async { Raw::connect(address).await.healthz().await });
    asked.await.is_ok_and(|status| status == 200)
}

/// Connects many clients that all stop in the same way.
async fn stalled(address: SocketAddr, stall: impl AsyncFn(&mut Raw)) -> Vec<Raw> {
    let mut clients = Vec::new();
    for _ in 0..MANY {
        let mut client = Raw::connect_with_little_room(address).await;
        stall(&mut client).await;
        clients.push(client);
    }
    clients
}

#[tokio::test]
async fn half_sent_head_is_given_up() {
    let local = Local::start().await;
    let mut client = Raw::connect(local.serving.address()).await;
    client.half_a_head().await;
    client.closed().await;
}

#[tokio::test]
async fn idle_connection_is_closed() {
    let local = Local::start().await;
    let mut client = Raw::connect(local.serving.address()).await;
    assert_eq!(client.healthz().await, 200);
    client.closed().await;
}

#[tokio::test]
async fn half_sent_heads_do_not_keep_others_out() {
    let local = Local::start().await;
    let address = local.serving.address();
    let _stalled = stalled(address, async |client: &mut Raw| client.half_a_head().await).await;
    assert!(answers(address).await);
    assert!(local.list().await.is_empty());
}

#[tokio::test]
async fn missing_bodies_do_not_keep_others_out() {
    let local = Local::start().await;
    let address = local.serving.address();
    let half = async |client: &mut Raw| client.head("POST /rpc", "Content-Length: 900\r\n").await;
    let _stalled = stalled(address, half).await;
    assert!(answers(address).await);
}

#[tokio::test]
async fn unread_answers_do_not_keep_others_out() {
    let local = Local::start().await;
    // Connections inherit the small buffer, so the system takes only a few answers that are not read.
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_send_buffer_size(4096).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let serving = local.portal.serve(socket.listen(1024).unwrap()).unwrap();
    let address = serving.address();
    let calls = format!("GET /page.css HTTP/1.1\r\nHost: {address}\r\n\r\n").repeat(50);
    let _stalled = stalled(address, async |client: &mut Raw| client.send(&calls).await).await;
    assert!(answers(address).await);
}

#[tokio::test]
async fn more_clients_than_slots_are_all_answered() {
    let local = Local::start().await;
    let address = local.serving.address();
    let done = Arc::new(Barrier::new(MANY));
    let clients: Vec<_> = (0..MANY)
        .map(|_| {
            let done = done.clone();
            tokio::spawn(async move {
                let mut client = Raw::connect(address).await;
                assert_eq!(client.healthz().await, 200);
                // None leaves before all have their answers.
                done.wait().await;
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
}

#[tokio::test]
async fn stopping_closes_the_connections_of_stalled_clients() {
    let local = Local::start().await;
    let address = local.serving.address();
    let (mut head, mut body) = (Raw::connect(address).await, Raw::connect(address).await);
    head.half_a_head().await;
    body.head("POST /rpc", "Content-Length: 900\r\nExpect: 100-continue\r\n").await;
    assert_eq!(body.answer().await.status, 100);
    assert!(local.serving.stop().await, "stalled clients do not use up the time for running requests");
    tokio::join!(head.closed(), body.closed());
}

#[tokio::test]
async fn first_request_of_a_client_that_connected_before_the_end_is_answered() {
    let local = Local::start().await;
    let address = local.serving.address();
    let (mut accepted, mut waiting) = (Raw::connect(address).await, Raw::connect(address).await);
    let stopping = tokio::spawn(local.serving.stop());
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert_eq!((accepted.healthz().await, waiting.healthz().await), (200, 200));
    assert!(stopping.await.unwrap());
}

#[cfg(unix)]
#[tokio::test]
async fn portal_without_free_descriptors_keeps_answering() {
    let data = tempfile::TempDir::new().unwrap();
    let log = data.path().join("log");
    let server = Server::start_with_few_descriptors(data.path(), &log);
    let address = server.base.strip_prefix("http://").unwrap().parse().unwrap();
    let stalled = stalled(address, async |client: &mut Raw| client.half_a_head().await).await;
    assert!(answers(address).await);
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("cannot accept connections for now"), "the limit was reached: {log}");
    drop(stalled);
    let token = issue_token(data.path(), "northwind");
    let (status, _) = crate::harness::call(&server.base, &token, "get-licenses", serde_json::json!({})).await;
    assert_eq!(status, 200);
}
