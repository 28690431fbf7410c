/*
 * Copyright 2026 The CloudStack Backup Authors
 *
 * Licensed under the Apache License, Version 2.0; see the LICENSE file in the root of this repository.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.cloudstackbackup.clusterexport.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/** A server that does to each connection exactly what a test says; for what no real server can be made to do. */
public final class RawServer implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** What is done with one connection; the connection is closed after it. */
    public interface Script {
        void serve(Connection connection) throws IOException;
    }

    /** The server's end. */
    public final class Connection {
        private final InputStream in;
        private final OutputStream out;
        private final Socket socket;
        private final int number;

        private Connection(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
            this.number = number;
        }

        /** Counted from 1. */
        public int number() {
            return number;
        }

        /** The head of a request; empty when the client has closed. */
        public String readHead() throws IOException {
            StringBuilder head = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                head.append((char) c);
                if (head.toString().endsWith("\r\n\r\n")) {
                    heads.add(head.toString());
                    return head.toString();
                }
            }
            return "";
        }

        /** A whole request; false when the client has closed. */
        public boolean readRequest() throws IOException {
            String head = readHead();
            if (head.isEmpty()) {
                return false;
            }
            readBody(head);
            return true;
        }

        /** What follows the head. */
        public byte[] readBody(String head) throws IOException {
            String small = head.toLowerCase(Locale.ROOT);
            if (small.contains("\r\nexpect: 100-continue\r\n")) {
                write("HTTP/1.1 100 Continue\r\n\r\n");
            }
            Matcher length = LENGTH.matcher(small);
            return in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        }

        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Which version of TLS is spoken; empty without TLS. */
        public String tlsVersion() {
            return socket instanceof SSLSocket tls ? tls.getSession().getProtocol() : "";
        }

        /** Says no more, but goes on to read until the client closes. */
        public void hangUp() throws IOException {
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    public RawServer(Script script) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
    }

    /** On a socket that is listening, perhaps for TLS. */
    public RawServer(ServerSocket socket, Script script) {
        listener = socket;
        threads.execute(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket accepted = listener.accept();
                    open.add(accepted);
                    threads.execute(() -> serve(script, accepted));
                } catch (IOException e) {
                    // How the test ends it.
                    return;
                }
            }
        });
    }

    private void serve(Script script, Socket socket) {
        try (socket) {
            script.serve(new Connection(socket, connections.incrementAndGet()));
        } catch (IOException e) {
            // The client has given up; it tells the test what it made of that.
            open.remove(socket);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    /** The heads of all requests. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
