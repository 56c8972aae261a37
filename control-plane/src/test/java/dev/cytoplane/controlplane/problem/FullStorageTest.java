package dev.cytoplane.controlplane.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;

class FullStorageTest {

    private static final Path FULL = Path.of("/dev/full");

    /** Linux has a device on which there is never room. */
    @Test
    @EnabledIf("hasDevice")
    void aFileSystemWithoutRoomIsTold() {
        Throwable failure = catchThrowable(() -> Files.writeString(FULL, "x"));

        assertThat(failure).isInstanceOf(IOException.class);
        assertThat(FullStorage.of(new IllegalStateException(failure)))
                .hasValueSatisfying(problem -> assertThat(problem.status()).isEqualTo(HttpStatus.INSUFFICIENT_STORAGE));
    }

    static boolean hasDevice() {
        return Files.exists(FULL);
    }

    @Test
    void aDatabaseWithoutRoomIsTold() {
        var failure = new DataAccessResourceFailureException(
                "not stored", new SQLException("could not extend file", "53100"));

        assertThat(FullStorage.of(failure)).isPresent();
    }

    @Test
    void whateverElseFailsIsNoFullStorage() {
        assertThat(FullStorage.of(null)).isEmpty();
        assertThat(FullStorage.of(new IOException())).isEmpty();
        assertThat(FullStorage.of(new IOException("Connection reset"))).isEmpty();
        assertThat(FullStorage.of(new SQLException("no connection", "08006"))).isEmpty();
    }
}
