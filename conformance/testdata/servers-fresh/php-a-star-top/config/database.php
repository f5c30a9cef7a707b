<?php
class Database{
    private $host = "localhost";
    public $conn;
    public function getConnection(){
        $this->conn = null;
        return $this->conn;
    }
}
?>
