package dev.understudy.cli.demo;

import java.sql.SQLException;
import java.util.List;

/** One act of the mission: plays, and says what became of its promises. */
interface Act {
    String title();

    List<Check> play(Stage stage) throws SQLException;
}
