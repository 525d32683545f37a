package dev.memoir.runner.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.runner.processes.Ports;
import dev.memoir.runner.processes.Processes;
import dev.memoir.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SleepingDatabaseTest {
    private static final String PASSWORD = "a-secret";

    @TempDir
    Path folder;

    private Postgres postgres;
    private SleepingDatabase database;

    @BeforeEach
    void prepare() throws Exception {
        Processes processes = new Processes(folder.resolve("logs"), folder.resolve("records"));
        postgres = Postgres.of(
                Parts.open().path(Part.POSTGRESQL).resolve("bin"),
                folder.resolve("database"),
                Ports.outOfTheWay(),
                processes);
        database = new SleepingDatabase(postgres, PASSWORD, Duration.ofMillis(200));
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void itIsAwakeWhileHeldAndKeepsWhatWasWritten() throws Exception {
        assertEquals(SleepingDatabase.State.ASLEEP, database.state());
        try (Lease.Held _ = database.acquire()) {
            assertEquals(SleepingDatabase.State.AWAKE, database.state());
            write("create table kept (a int)");
            assertEquals("on", read("show fsync"));
            assertEquals("UTF8", read("show server_encoding"));
            assertTrue(database.memoryBytes() > 1 << 20);
        }
        Await.until("it sleeps", () -> database.state() == SleepingDatabase.State.ASLEEP);
        assertFalse(Files.exists(folder.resolve("database/postmaster.pid")), "it was stopped in good order");
        assertThrows(SQLException.class, () -> read("select 1"));

        try (Lease.Held _ = database.acquire()) {
            assertEquals("0", read("select count(*) from kept"));
        }
    }

    @Test
    void oneHolderIsEnoughToKeepItAwake() throws Exception {
        Lease.Held first = database.acquire();
        Lease.Held second = database.acquire();
        first.close();
        first.close();
        Thread.sleep(600);
        assertEquals("1", read("select 1"));
        second.close();
        Await.until("it sleeps", () -> database.state() == SleepingDatabase.State.ASLEEP);
    }

    @Test
    void aReleaseAndANewHolderInTimeDoNotStopIt() throws Exception {
        Lease.Held first = database.acquire();
        String started = read("select pg_postmaster_start_time()");
        first.close();
        try (Lease.Held _ = database.acquire()) {
            Thread.sleep(600);
            assertEquals(started, read("select pg_postmaster_start_time()"));
        }
    }

    @Test
    void killedWhileHeldItComesBackWithAllThatWasCommitted() throws Exception {
        try (Lease.Held _ = database.acquire()) {
            write("create table kept as select 7 as a");
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("database/postmaster.pid"))
                    .getFirst());

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            Await.until("it is back", () -> read("select a from kept").equals("7"));
        }
    }

    @Test
    void aFileOfADeadPostmasterWithTheNumberOfAnotherProgramIsNoObstacle() throws Exception {
        database.acquire().close();
        Await.until("it sleeps", () -> database.state() == SleepingDatabase.State.ASLEEP);
        Files.writeString(
                folder.resolve("database/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("database") + "\n0\n1\n\n127.0.0.1\n\nready\n");

        try (Lease.Held _ = database.acquire()) {
            assertEquals("1", read("select 1"));
        }
    }

    @Test
    void aHalfMadeClusterIsMadeAgain() throws Exception {
        Files.createDirectories(folder.resolve("database.new"));
        Files.writeString(folder.resolve("database.new/PG_VERSION"), "18");

        try (Lease.Held _ = database.acquire()) {
            assertEquals(Postgres.DATABASE, read("select current_database()"));
        }
        assertFalse(Files.exists(folder.resolve("database.new")));
    }

    @Test
    void whyItDoesNotStartIsSaid() throws Exception {
        database.acquire().close();
        Await.until("it sleeps", () -> database.state() == SleepingDatabase.State.ASLEEP);
        Files.delete(folder.resolve("database/global/pg_control"));

        DatabaseDown down = assertThrows(DatabaseDown.class, database::acquire);

        assertTrue(down.getMessage().contains("database"), down.getMessage());
        assertEquals(SleepingDatabase.State.DOWN, database.state());
        assertTrue(database.trouble().isPresent());
    }

    private void write(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String read(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), Postgres.OWNER, PASSWORD);
    }
}
